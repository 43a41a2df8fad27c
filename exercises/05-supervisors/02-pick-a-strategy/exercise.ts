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
  // TODO(you): in the order of the alphabet, and each for itself.
  return {
    flags: { strategy: "one_for_one" },
    children: [
      { id: "display", start: starts.display },
      { id: "stock", start: starts.stock },
      { id: "till", start: starts.till },
    ],
  };
}
