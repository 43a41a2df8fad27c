// Misconception: processes that belong together all start together
// Caught by: a till that dies takes the display with it, and leaves the stock alone
import type { ChildSpec, SupervisorFlags } from "#runtime";

/** How each process of the shop is started. */
export interface Starts {
  readonly stock: ChildSpec["start"];
  readonly till: ChildSpec["start"];
  readonly display: ChildSpec["start"];
}

export interface Plan {
  readonly flags: SupervisorFlags;
  readonly children: readonly ChildSpec[];
}

/** How the shop is supervised. */
export function plan(starts: Starts): Plan {
  return {
    flags: { strategy: "one_for_all" },
    children: [
      { id: "stock", start: starts.stock },
      { id: "till", start: starts.till },
      { id: "display", start: starts.display },
    ],
  };
}
