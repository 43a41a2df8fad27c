import { application, type GenServer } from "#runtime";

// #region validator
export interface Validation {
  call: { verify(name: string): Verdict };
}
export type Verdict = readonly ["ok"] | readonly ["error", why: string];

/** Says which names will do. It keeps nothing between two questions. */
export const validator: GenServer<Validation, "no state"> = {
  name: "validator",
  init: () => ["ok", "no state"],
  handleCall: {
    verify(self, state, name) {
      const longest = application.getEnv(self, "rores", "longest_name", 20);
      return ["reply", verdict(name, longest as number), state];
    },
  },
};
// #endregion

const SHORTEST = 6;

/** Counted in characters, not in bytes. */
export function verdict(name: string, longest: number): Verdict {
  const { length } = [...name];
  if (length === 0) return ["error", "A name cannot be empty."];
  if (length >= SHORTEST && length <= longest) return ["ok"];
  return ["error", `A name has ${SHORTEST} to ${longest} characters.`];
}
