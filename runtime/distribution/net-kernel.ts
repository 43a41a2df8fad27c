import type { Process } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import { type From, genServer } from "../otp/index.ts";
import { atom } from "./etf/index.ts";

type Message =
  | "tick"
  | readonly ["$gen_call", from: From, request: readonly unknown[]];

export const NET_KERNEL = "net_kernel";

/**
 * The process that every node knows another by: it answers `net_adm:ping/1`,
 * and beats the time for the signs of life.
 */
export function* netKernel(
  self: Self<Message>,
  tickMs: number,
  tick: () => void,
): Process {
  self.sendAfter(tickMs, self.pid, "tick");
  for (;;) {
    yield* self.receive({
      $gen_call(from, request) {
        if (!Array.isArray(request) || request[0] !== "is_auth") return;
        genServer.reply(self, from, atom("yes"));
      },
      tick() {
        tick();
        self.sendAfter(tickMs, self.pid, "tick");
      },
      _: () => {},
    });
  }
}
