import type { Process, Self } from "#runtime";
import { gap } from "./gap.ts";
import { type Print, shop } from "./isolation.ts";
import { tooLate } from "./letting-go.ts";
import { row, twice } from "./linked.ts";
import { sent } from "./sent.ts";
import { table } from "./table.ts";
import { fake, guardian } from "./trapping.ts";
import { watching } from "./watching.ts";

/** What the page tells, by the name of what each of them prints. */
export type Story = (self: Self<never>, print: Print) => Process;

/** The teller of a story receives what the story receives, and no more. */
function told<M>(story: (self: Self<M>, print: Print) => Process): Story {
  return (self, print) => story(self as unknown as Self<M>, print);
}

export const stories: Record<string, Story> = {
  isolation: told(shop),
  *linked(self, print) {
    yield* row(self, 5, "boom", print);
    yield* row(self, 5, "shutdown", print);
    yield* row(self, 5, "normal", print);
    yield* twice(self, print);
  },
  trapping: told(guardian),
  fake,
  gap: told(gap),
  "letting-go": told(tooLate),
  watching: told(watching),
  table: told(table),
  sent: told(sent),
};
