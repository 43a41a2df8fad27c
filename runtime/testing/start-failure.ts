import { format } from "../core/format.ts";
import { isPid } from "../core/pid.ts";

/**
 * Why a supervisor did not start, in words, if that is what `reason` says: its
 * flags, a child's spec or a child's start. Undefined for any other end.
 */
export function startFailure(reason: unknown): string | undefined {
  if (!Array.isArray(reason)) return undefined;
  const [word, why] = reason;
  if (word === "supervisor_data") return `${NOT_STARTED}: ${flagsSay(why)}`;
  if (word === "start_spec") return `${NOT_STARTED}: ${specSays(why)}`;
  if (word !== "shutdown" || !Array.isArray(why)) return undefined;
  const [what, id, because] = why;
  if (what !== "failed_to_start_child") return undefined;
  const says = startSays(id, because);
  return (
    says && `${NOT_STARTED}, because its child ${format(id)} did not. ${says}`
  );
}

const NOT_STARTED = "The supervisor did not start";

function flagsSay(why: unknown): string {
  const [what, value] = Array.isArray(why) ? why : [why];
  const field = String(what).replace("invalid_", "");
  const allowed = {
    strategy:
      ', and a strategy is "one_for_one", "one_for_all", "rest_for_one" or "simple_one_for_one"',
    intensity: ", and an intensity is a whole number, 0 or more",
    period: ", and periodMs is a whole number of milliseconds, 1 or more",
  }[field];
  return `its ${field} is ${format(value)}${allowed ?? ""}.`;
}

function specSays(why: unknown): string {
  const [what, value] = Array.isArray(why) ? why : [why];
  switch (what) {
    case "duplicate_child_name":
      return `two of its children have the id ${format(value)}. Each needs an id of its own.`;
    case "invalid_restart_type":
      return `a child's restart is ${format(value)}, and a restart is "permanent", "transient" or "temporary".`;
    case "invalid_child_type":
      return `a child's type is ${format(value)}, and a type is "worker" or "supervisor".`;
    case "missing_id":
      return "a child has no id.";
    case "missing_start":
      return "a child has no start.";
    case "invalid_mfa":
      return `the start of a child has to be a function, and it is ${format(value)}.`;
    case "invalid_shutdown":
      return `a child's shutdownMs is ${format(value)}, and it is a whole number of milliseconds, "brutal_kill" or "infinity".`;
    case "invalid_children":
      return `its children have to be a list, and what it got is ${format(value)}.`;
    default:
      return `a child's spec is refused with ${format(why)}.`;
  }
}

/** Only of a start that went wrong; `["error", …]` may be meant. */
function startSays(id: unknown, because: unknown): string | undefined {
  const nested = startFailure(because);
  if (nested) return nested;
  // What it threw is told by itself, with its place (see mishap.ts).
  if (Array.isArray(because) && !isNearly(because)) return undefined;
  if (typeof because === "string") return undefined;
  const gave =
    because === undefined
      ? "nothing: was its return forgotten?"
      : `${format(because)}.`;
  return `The start of ${format(id)} has to answer ["ok", pid], and it answered ${gave}`;
}

/** `["Ok", pid]` or `[pid, "ok"]`: a good answer was meant. */
function isNearly([first, second]: readonly unknown[]): boolean {
  const isOk = (word: unknown) => String(word).toLowerCase() === "ok";
  return isOk(first) || (isPid(first) && isOk(second));
}
