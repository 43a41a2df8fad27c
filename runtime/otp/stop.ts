import { after, matching } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import type { Server } from "./protocol.ts";

/**
 * Stops a server and waits until it is gone. Erlang's `gen_server:stop/1,3`.
 *
 * The caller exits with `noproc` if there is none, with `timeout` if it takes
 * too long, and with the server's reason if that is not the one asked for.
 */
export function* stop(
  caller: Caller,
  server: Server<never> | string,
  reason: ExitReason = "normal",
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<"ok"> {
  const self = caller as Self<never>;
  const pid = typeof server === "string" ? self.whereis(server) : server;
  if (pid === undefined) return self.exit("noproc");
  const ref = self.monitor(pid);
  self.send(pid as Pid as Pid<unknown>, [
    "$system",
    [self.pid, ref],
    ["terminate", reason],
  ]);
  const ending = yield* self.receive(
    matching<["DOWN", Ref, ...unknown[]], unknown[]>(ref, {
      DOWN: (_ref, ...rest) => [rest[2]],
    }),
    after(timeoutMs, () => undefined),
  );
  self.demonitor(ref, { flush: true });
  if (ending === undefined) return self.exit("timeout");
  return isSameReason(ending[0], reason) ? "ok" : self.exit(ending[0]);
}

/** Reasons are small terms: a bare word, or a tuple of such. */
function isSameReason(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return (
    a.length === b.length &&
    a.every((one, index) => isSameReason(one, b[index]))
  );
}
