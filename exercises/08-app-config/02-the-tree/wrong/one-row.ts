// Misconception: a good order makes one row enough
// Caught by: a till that dies is replaced alone
import type { ChildSpec, SupervisorFlags } from "#runtime";

/** How each process of the shop is started. */
export interface Starts {
  readonly prices: ChildSpec["start"];
  readonly stock: ChildSpec["start"];
  readonly till: ChildSpec["start"];
}

/** A supervisor: how it behaves, and whom it starts. */
export interface Plan {
  readonly flags: SupervisorFlags;
  readonly children: readonly ChildSpec[];
}

/** The top of the shop's tree. */
export function top(starts: Starts): Plan {
  return {
    flags: { strategy: "rest_for_one" },
    children: [
      { id: "stock", start: starts.stock },
      { id: "till", start: starts.till, shutdownMs: 10_000 },
      { id: "prices", start: starts.prices },
    ],
  };
}
