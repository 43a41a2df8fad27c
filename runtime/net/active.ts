/**
 * Who moves the data: `true`, the socket sends all to its owner; `false`, the
 * owner fetches it with `recv`; `"once"`, one message and then passive; a
 * number, that many messages, and then `["tcp_passive", socket]`.
 */
export type ActiveMode = boolean | "once" | number;

/** A count of messages is a signed number of 16 bits, as in Erlang's `inet`. */
const LARGEST = 32_767;

export function isActiveMode(value: unknown): value is ActiveMode {
  if (typeof value === "boolean" || value === "once") return true;
  return Number.isInteger(value) && Math.abs(value as number) <= LARGEST;
}
