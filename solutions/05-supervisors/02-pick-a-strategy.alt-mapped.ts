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

/** How the shop is supervised: each after the one that it needs. */
export function plan(starts: Starts): Plan {
  const order = ["stock", "till", "display"] as const;
  return {
    flags: { strategy: "rest_for_one", intensity: 3, periodMs: 10_000 },
    children: order.map((id) => ({ id, start: starts[id] })),
  };
}
