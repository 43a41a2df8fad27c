// Misconception: a process that ends normally needs no successor
// Caught by: the till is there again, whatever it ended with
import type { ChildSpec } from "#runtime";

/** How each process of the shop is started. */
export interface Starts {
  readonly till: ChildSpec["start"];
  readonly prices: ChildSpec["start"];
  readonly visitor: ChildSpec["start"];
}

/** The children of the shop's supervisor. */
export function shop(starts: Starts): ChildSpec[] {
  return [
    { id: "till", start: starts.till, restart: "transient" },
    { id: "prices", start: starts.prices, restart: "transient" },
    { id: "visitor", start: starts.visitor, restart: "temporary" },
  ];
}
