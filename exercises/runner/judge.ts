import { type Exercise, exercises, isBegun } from "./catalogue.ts";
import { isPassed, type Result } from "./outcome.ts";
import type { Paint } from "./paint.ts";
import { afterVerdict, readProgress, writeProgress } from "./progress.ts";
import type { CheckRunner } from "./run-checks.ts";
import { invitation, nextOf } from "./standing.ts";
import { verdict } from "./verdict.ts";

/** Checks a learner's answer, remembers the verdict, and gives it as text. */
export async function judge(
  exercise: Exercise,
  runner: CheckRunner,
  paint: Paint,
): Promise<{ readonly result: Result; readonly text: string }> {
  const result = await runner.run(exercise.check, exercise.stub);
  const passed = isPassed(result);
  const progress = afterVerdict(readProgress(), exercise.id, passed);
  writeProgress(progress);
  const text = verdict(exercise, result, paint, passed && !isBegun(exercise));
  if (!passed) return { result, text };
  const next = nextOf(exercises(), progress.done);
  return { result, text: `${text}\n\n${invitation(next)}` };
}
