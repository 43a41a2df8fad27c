import { after, matching } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import { LocalPid, type Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { locate, reasonFor } from "./locate.ts";
import type { AnyServer } from "./protocol.ts";

/**
 * Stops a server and waits until it is gone. Erlang's `gen_server:stop/1,3`.
 *
 * The caller exits with `noproc` if there is none, with `["nodedown", node]`
 * if its node is out of reach, with `timeout` if it takes too long, and with
 * the server's reason if that is not the one asked for. Who wants to stop
 * itself exits with `calling_self`.
 *
 * @param timeoutMs how long to wait. @defaultValue Infinity
 */
export function stop(
  caller: Caller,
  server: AnyServer,
  reason: ExitReason = "normal",
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<"ok"> {
  const limit = after(timeoutMs, () => undefined);
  const self = caller as Self<never>;
  const asked = ["sys", "terminate", [server, reason, timeoutMs]];
  const step = stopped(self, server, reason, limit, asked);
  return suspending(caller, "genServer.stop", step);
}

function* stopped(
  self: Self<never>,
  server: AnyServer,
  reason: ExitReason,
  limit: ReturnType<typeof after<undefined>>,
  asked: readonly unknown[],
): Step<"ok"> {
  const to = locate(self, server);
  if (typeof to === "string") return self.exit(reasonFor(server, to));
  // Its DOWN says noproc as well, and so might the reason that is asked for.
  if (isGone(to)) return self.exit("noproc");
  if (to === self.pid) return self.exit(["calling_self", asked]);
  const ref = self.monitor(to as Pid);
  self.send(to as Pid<unknown>, [
    "$system",
    [self.pid, ref],
    ["terminate", reason],
  ]);
  const ending = yield* self.receive(
    matching<["DOWN", Ref, ...unknown[]], unknown[]>(ref, {
      DOWN: (_ref, ...rest) => [rest[2]],
    }),
    limit,
  );
  self.demonitor(ref, { flush: true });
  if (ending === undefined) return self.exit("timeout");
  return isSameReason(ending[0], reason) ? "ok" : self.exit(ending[0]);
}

function isGone(to: unknown): boolean {
  return to instanceof LocalPid && to.process === undefined;
}

/** Reasons are small terms: a bare word, or a tuple of such. */
function isSameReason(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return (
    a.length === b.length &&
    a.every((one, index) => isSameReason(one, b[index]))
  );
}
