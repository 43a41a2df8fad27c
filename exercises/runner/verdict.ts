import type { Exercise } from "./catalogue.ts";
import { type Failed, isPassed, type Outcome, type Result } from "./outcome.ts";
import type { Paint } from "./paint.ts";

/** A result as a learner reads it: what holds, what does not, and why. */
export function verdict(
  exercise: Exercise,
  result: Result,
  paint: Paint,
  isTodoLeft = false,
): string {
  const { id, title } = exercise;
  const lines = [paint("bold", `${id} ${title}`), ""];
  switch (result.kind) {
    case "broken":
      lines.push(
        paint(
          "red",
          result.test
            ? `  It ended during "${result.test}":`
            : "  It cannot be loaded yet:",
        ),
        "",
        indented(result.message, 2),
      );
      break;
    case "stuck":
      if (result.outcomes.length > 0) {
        lines.push(...ran(result.outcomes, paint), "");
      }
      lines.push(
        paint("red", `  It did not end within ${result.limitMs / 1000} s.`),
        `  ${result.test ? `Stopped during "${result.test}".` : "Stopped while it was loaded."} Look for a loop that never ends. One without a yield* never lets anybody else run; one whose steps take no time, such as self.sleep(0), never lets time go on.`,
      );
      break;
    case "ran":
      lines.push(...ran(result.outcomes, paint));
      if (result.printed.length > 0) {
        lines.push("", paint("dim", "  Your code printed:"));
        lines.push(...result.printed.map((line) => `    ${line}`));
      }
  }
  lines.push("");
  if (isPassed(result)) {
    lines.push(paint("green", "  Right. Every check holds."));
    const note = noteOf(result);
    if (note) lines.push("", indented(`Only this: ${note}`, 2));
    if (isTodoLeft) {
      lines.push(
        "  The TODO(you) is still in the file; delete the line, so that npm test counts it.",
      );
    }
  } else {
    lines.push(paint("dim", `  Stuck? npm run hint ${id}`));
  }
  return lines.join("\n");
}

function ran(outcomes: readonly Outcome[], paint: Paint): string[] {
  if (outcomes.length === 0) return ["  This check file has no tests."];
  let isFirst = true;
  return outcomes.flatMap((outcome) => {
    if (outcome.passed) return [`  ${paint("green", "✓")} ${outcome.name}`];
    const line = `  ${paint("red", "✗")} ${outcome.name}`;
    // One trouble at a time: the later ones are often only its echo.
    if (!isFirst) return [line];
    isFirst = false;
    return [line, "", indented(why(outcome), 6), ""];
  });
}

/** Why a test failed; a mishap first, of which the rest is only the echo. */
function why(outcome: Failed): string {
  const { isAssertion, message, mishap } = outcome;
  if (!isAssertion && !mishap) {
    const where = outcome.at ? `${outcome.at}: ` : "";
    return `Your code threw.\n${where}${message}`;
  }
  if (!mishap) return message;
  const [rule = ""] = message.split("\n\n");
  return isAssertion
    ? `${rule}\n\nIt did not come to that:\n${mishap}`
    : mishap;
}

function noteOf(result: Result): string | undefined {
  if (result.kind !== "ran") return undefined;
  for (const outcome of result.outcomes) {
    if (outcome.passed && outcome.note) return outcome.note;
  }
  return undefined;
}

function indented(text: string, columns: number): string {
  const margin = " ".repeat(columns);
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : margin + line))
    .join("\n");
}
