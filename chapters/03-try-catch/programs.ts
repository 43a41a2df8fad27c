import type { Body, DownMessage, Self } from "#runtime";
import { type Print, printEndings } from "./classes.ts";
import { carefulDay, day } from "./crash.ts";
import { printGreetings } from "./protected.ts";
import { printReasons } from "./reasons.ts";
import {
  anyLoss,
  everything,
  onlyThrown,
  printSending,
  type Sender,
} from "./send-message.ts";

type Program = Body<Self<never>, [print: Print]>;

/** The programs of this chapter; each one's name is that of its output. */
export const programs: Record<string, Program> = {
  classes: printEndings,
  "only-thrown": sending(onlyThrown),
  "any-loss": sending(anyLoss),
  everything: sending(everything),
  protected: printGreetings,
  reasons: program(printReasons),
  careful: program(carefulDay),
  crash: program(day),
};

function sending(sender: Sender): Program {
  return program((self: Self<DownMessage>, print) =>
    printSending(self, sender, print),
  );
}

/** What each receives differs; but nobody outside sends them anything. */
function program<M>(body: Body<Self<M>, [print: Print]>): Program {
  return body as unknown as Program;
}
