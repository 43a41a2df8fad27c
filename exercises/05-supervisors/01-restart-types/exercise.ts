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
    // TODO(you): whoever ends comes back, even one who has done its work.
    { id: "till", start: starts.till },
    { id: "prices", start: starts.prices },
    { id: "visitor", start: starts.visitor },
  ];
}
