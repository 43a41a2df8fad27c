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
  // TODO(you): one floor is not enough for a shop with two departments.
  return {
    flags: { strategy: "rest_for_one" },
    children: [
      { id: "prices", start: starts.prices },
      { id: "stock", start: starts.stock },
      { id: "till", start: starts.till },
    ],
  };
}
