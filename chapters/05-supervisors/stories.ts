import type { Process, Self } from "#runtime";
import { blind, hung } from "./blind.ts";
import { evening } from "./evening.ts";
import { intensity, period } from "./intensity.ts";
import { kept } from "./keeper.ts";
import { restartTypes } from "./restart-types.ts";
import { shuttingDown } from "./shutting-down.ts";
import { starting } from "./starting.ts";
import { strategies } from "./strategies.ts";
import { tree } from "./tree.ts";
import type { Print } from "./worker.ts";

/** What the page tells, by the name of what each of them prints. */
export type Story = (self: Self<never>, print: Print) => Process;

/** The teller of a story receives what the story receives, and no more. */
function told<M>(story: (self: Self<M>, print: Print) => Process): Story {
  return (self, print) => story(self as unknown as Self<M>, print);
}

export const stories: Record<string, Story> = {
  keeper: kept,
  tree: told(tree),
  blind: told(blind),
  hung: told(hung),
  strategies: told(strategies),
  "restart-types": told(restartTypes),
  intensity: told(intensity),
  period: told(period),
  starting: told(starting),
  "shutting-down": told(shuttingDown),
  rooms: told(evening),
};
