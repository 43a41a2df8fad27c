import {
  type Application,
  application,
  type Self,
  type StartType,
  type Step,
} from "#runtime";
import { startRoresSup } from "./rores-sup.ts";
import type { Settings } from "./settings.ts";

export type Print = (line: string) => void;

// #region application
/** The chat server as one thing that can be started and stopped. */
export function rores(print: Print): Application {
  return {
    name: "rores",
    env: { longest_name: 20 },
    start: startRoresSup,
    prepStop: () => print("rores: going to stop"),
    stop: () => print("rores: has stopped"),
  };
}
// #endregion

// #region start
/** Hands the settings to the application, and starts it. */
export function* startRores<M>(
  self: Self<M>,
  settings: Settings,
  type: StartType,
  print: Print,
): Step<"ok" | readonly ["error", reason: unknown]> {
  for (const [key, value] of Object.entries(settings)) {
    application.setEnv(self, "rores", key, value);
  }
  return yield* application.start(self, rores(print), type);
}
// #endregion
