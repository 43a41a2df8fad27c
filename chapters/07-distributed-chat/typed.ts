import { after, type Step } from "#runtime";
import type { FromKeyboard, Here, Show } from "./client.ts";

/** Into the mailbox again, in the order in which it was typed. */
export function* putBack(self: Here, typed: FromKeyboard[]): Step<void> {
  if (typed.length === 0) return;
  yield* takeAll(self, typed);
  for (const one of typed) self.send(self.pid, one);
}

/** Shown to the person again: it has not reached anybody. */
export function* giveBack(
  self: Here,
  typed: FromKeyboard[],
  show: Show,
): Step<void> {
  yield* takeAll(self, typed);
  for (const one of typed) {
    if (one === "quit") return show(["bye"]);
    show(["unsent", one[1]]);
  }
}

/** What has come since belongs behind what came before. */
function* takeAll(self: Here, typed: FromKeyboard[]): Step<void> {
  for (let goesOn = true; goesOn; ) {
    goesOn = yield* self.receive<boolean, boolean>(
      {
        say: (text) => typed.push(["say", text]) > 0,
        quit: () => typed.push("quit") > 0,
      },
      after(0, () => false),
    );
  }
}
