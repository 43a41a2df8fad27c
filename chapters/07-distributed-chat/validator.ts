import type { GenServer } from "#runtime";

// #region protocol
/** What the chat node asks. A name that is no text comes as its bytes. */
export interface Validation {
  call: { verify(name: string | Uint8Array): Verdict };
}
export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: string];
// #endregion

// #region validator
/** Says which names will do. It keeps nothing between two questions. */
export const validator: GenServer<Validation, "no state"> = {
  name: "validator",
  init: () => ["ok", "no state"],
  handleCall: {
    verify: (_self, state, name) => ["reply", verdict(name), state],
  },
};

/** Counted in characters: "加加加加加加" has six, in 18 bytes. */
export function verdict(name: string | Uint8Array): Verdict {
  if (typeof name !== "string") return ["error", "A name must be UTF-8."];
  const { length } = [...name];
  if (length === 0) return ["error", "A name cannot be empty."];
  if (length >= 6 && length <= 20) return ["ok", name];
  return ["error", "A name must have 6 to 20 characters."];
}
// #endregion
