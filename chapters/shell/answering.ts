import { runInThisContext } from "node:vm";
import { isAnswer } from "./answers.ts";
import type { Evaluator, Outcome } from "./evaluate.ts";
import type { PromptProcess } from "./prompt-process.ts";

/** Evaluates, and waits for what the shell's own commands promise. */
export async function answered(
  evaluator: Evaluator,
  code: string,
): Promise<Outcome> {
  const outcome = await evaluator.evaluate(code);
  if (outcome.kind === "thrown") return outcome;
  const { value } = outcome;
  if (!isAnswer(value)) return outcome;
  try {
    return { kind: "value", value: await value };
  } catch (thrown) {
    return { kind: "thrown", thrown };
  }
}

/** Gives the processes a turn, and waits until the prompt is one of them. */
export async function settled(prompt: PromptProcess): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (!prompt.ready);
}

/** The value of what stands before a dot, for completion; says nothing. */
export function peek(expression: string): unknown {
  try {
    return runInThisContext(expression);
  } catch {
    return undefined;
  }
}
