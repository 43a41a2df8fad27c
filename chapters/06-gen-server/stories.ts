import type { Process, Self } from "#runtime";
import { caller } from "./asking.ts";
import { asker, type Print } from "./counter.ts";
import { failures } from "./failures.ts";
import { user as genericUser } from "./generic.ts";
import { hand } from "./limits.ts";
import { speaker } from "./order.ts";
import { user as otpUser } from "./otp.ts";
import { late } from "./patient.ts";
import { starter } from "./starting.ts";
import { starts } from "./starts.ts";
import { table } from "./terminate-table.ts";
import { upgrade } from "./upgrade.ts";

/** What the page tells, by the name of what each of them prints. */
export type Story = (self: Self<never>, print: Print) => Process;

/** The teller of a story receives what the story receives, and no more. */
function told<M>(story: (self: Self<M>, print: Print) => Process): Story {
  return (self, print) => story(self as unknown as Self<M>, print);
}

export const stories: Record<string, Story> = {
  counter: told(asker),
  asking: told(caller),
  generic: told(genericUser),
  patient: told(late),
  starting: told(starter),
  otp: otpUser,
  starts: told(starts),
  order: speaker,
  limits: hand,
  terminate: told(table),
  failures,
  upgrade,
};
