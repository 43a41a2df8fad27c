/**
 * Who moves the data: `true`, the socket sends all of it to its owner;
 * `false`, the owner fetches it with `recv`; `"once"`, one message and then
 * passive; a number, so many messages and then `["tcp_passive", socket]`.
 */
export type ActiveMode = boolean | "once" | number;

/** A count of messages is a signed number of 16 bits, as in Erlang's inet. */
const LARGEST_COUNT = 32_767;
const SMALLEST_COUNT = -32_768;

/** A mode, and whether the owner is to be told that the socket is passive. */
export interface Change {
  readonly mode: ActiveMode;
  readonly tellPassive: boolean;
}

export function isActiveMode(value: unknown): value is ActiveMode {
  if (typeof value === "boolean" || value === "once") return true;
  const count = value as number;
  return (
    Number.isInteger(count) && SMALLEST_COUNT <= count && count <= LARGEST_COUNT
  );
}

/**
 * What the option `active: asked` makes of `mode`. A number is added to the
 * count that is left, and may be negative.
 *
 * @returns `undefined` if the count would become too large.
 */
export function setMode(
  mode: ActiveMode,
  asked: ActiveMode,
): Change | undefined {
  if (typeof asked !== "number") return { mode: asked, tellPassive: false };
  const count = asked + (typeof mode === "number" ? mode : 0);
  if (count > LARGEST_COUNT) return undefined;
  return count > 0
    ? { mode: count, tellPassive: false }
    : { mode: false, tellPassive: true };
}

/** What is left of `mode` when one message has gone to the owner. */
export function afterOneMessage(mode: ActiveMode): Change {
  if (mode === "once") return { mode: false, tellPassive: false };
  if (typeof mode !== "number") return { mode, tellPassive: false };
  return mode > 1
    ? { mode: mode - 1, tellPassive: false }
    : { mode: false, tellPassive: true };
}
