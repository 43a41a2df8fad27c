import type { ExitReason } from "../core/exit.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Self } from "../core/self.ts";

/** What a server answers to a call, or what is told in its place. */
export type ResponseMessage =
  | readonly ["$gen_reply", ref: Ref, reply: unknown]
  | readonly [
      "DOWN",
      ref: Ref,
      type: "process",
      object: unknown,
      reason: ExitReason,
    ];

// Made once: a call is on the hot path of everything that is built on servers.
const untilReply = { alias: "reply_demonitor" } as const;

/** Sends a server a call. What comes of it is a message with this reference. */
export function sendCall(
  self: Self<never>,
  to: Pid | readonly [name: string, node: string],
  request: unknown,
): Ref {
  const ref = self.monitor(to, untilReply);
  const message = ["$gen_call", [self.pid, ref], request];
  self.send(to as Pid<unknown>, message);
  return ref;
}
