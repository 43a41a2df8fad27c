import type { Outcome } from "./evaluate.ts";

const BODY = "spawn(function* (self) { … }).";
const AWAIT =
  "At the prompt, await stands in place of yield*: await receive(…), " +
  `await self.sleep(ms), await promise. What else waits needs a body: ${BODY}`;
const NO_BODY = `Only a body has the self that this takes: ${BODY}`;

/** A line of advice for who types what another prompt would understand. */
export function adviceOn(outcome: Outcome): string | undefined {
  return outcome.kind === "value"
    ? isCalledBody(outcome.value)
      ? "A body that has been called, and that nobody runs. spawn(body, …) starts one."
      : undefined
    : adviceOnError(outcome.thrown);
}

function adviceOnError(thrown: unknown): string | undefined {
  const { code, message = "" } = Object(thrown) as {
    code?: unknown;
    message?: string;
  };
  if (code === "ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING") {
    return 'import() does not work here. c("02") loads chapter 2.';
  }
  if (message.startsWith("Cannot use import statement")) {
    return 'All of "#runtime" is here already, and c("02") loads chapter 2.';
  }
  if (/^yield is not defined|^Cannot use "yield"/.test(message)) return AWAIT;
  if (message.includes("the calling process's own self")) return NO_BODY;
  if (/^(exit|quit) is not defined/.test(message)) return "q() leaves.";
  return undefined;
}

function isCalledBody(value: unknown): boolean {
  return Object.prototype.toString.call(value) === "[object Generator]";
}
