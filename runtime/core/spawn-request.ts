import { badarg } from "./errors.ts";
import { link } from "./link.ts";
import type { Body } from "./message.ts";
import { type AliasMode, monitor } from "./monitor.ts";
import type { Pid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import type { Ref } from "./ref.ts";

/** How a process is asked for, and what the answer looks like. */
export interface SpawnRequestOptions {
  readonly link?: boolean;
  /** `true`, or the options of the monitor. */
  readonly monitor?:
    | boolean
    | { readonly tag?: unknown; readonly alias?: AliasMode };
  /** The answer's first element. @defaultValue "spawn_reply" */
  readonly replyTag?: unknown;
  /** When there is an answer. @defaultValue "yes" */
  readonly reply?: "yes" | "no" | "error_only" | "success_only";
}

const REPLIES = new Set(["yes", "no", "error_only", "success_only"]);

/**
 * Asks for a process and does not wait: the answer is a message,
 * `["spawn_reply", ref, "ok", pid]` or `["spawn_reply", ref, "error",
 * "badarg"]`. With a monitor, `ref` is the monitor too. The answer always
 * comes before the DOWN or EXIT of that process. Erlang's `spawn_request/5`.
 *
 * @throws RuntimeError `badarg` if the options make no sense; a body that is
 * none is told of in the answer.
 */
export function spawnRequest(
  process: LocalProcess,
  body: Body<never, never[]>,
  args: unknown[],
  options: SpawnRequestOptions,
): Ref {
  const { replyTag = "spawn_reply", reply = "yes" } = options;
  if (!REPLIES.has(reply)) {
    throw badarg(
      `spawnRequest: reply is ${String(reply)}; one of ${[...REPLIES].join(", ")} is wanted.`,
    );
  }
  const { home, pid } = process;
  if (typeof body !== "function" || !Array.isArray(args)) {
    const ref = home.makeRef(process) as Ref;
    if (reply === "yes" || reply === "error_only") {
      home.deliver(pid, [replyTag, ref, "error", "badarg"]);
    }
    return ref;
  }
  const child = home.spawn(pid, body, args).pid as Pid;
  const ref = options.monitor
    ? monitor(process, child, options.monitor === true ? {} : options.monitor)
    : (home.makeRef(process) as Ref);
  if (options.link) link(process, child);
  // The child has not run yet, so nothing of its death can be before this.
  if (reply === "yes" || reply === "success_only") {
    home.deliver(pid, [replyTag, ref, "ok", child]);
  }
  return ref;
}
