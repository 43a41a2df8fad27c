import { type ChildSpec, type SupervisorFlags, supervisor } from "#runtime";

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

/** How the shop is supervised: the till and its display are a unit. */
export function plan(starts: Starts): Plan {
  const flags = { strategy: "rest_for_one" } as const;
  const counter: readonly ChildSpec[] = [
    { id: "till", start: starts.till },
    { id: "display", start: starts.display },
  ];
  return {
    flags,
    children: [
      { id: "stock", start: starts.stock },
      {
        id: "counter",
        type: "supervisor",
        start: (self) => supervisor.startLink(self, flags, counter),
      },
    ],
  };
}
