import type { ChildSpec } from "#runtime";

/** How each process of the shop is started. */
export interface Starts {
  readonly till: ChildSpec["start"];
  readonly prices: ChildSpec["start"];
  readonly visitor: ChildSpec["start"];
}

/** The children of the shop's supervisor. */
export function shop(starts: Starts): ChildSpec[] {
  const types = {
    till: "permanent",
    prices: "transient",
    visitor: "temporary",
  } as const;
  const ids = ["till", "prices", "visitor"] as const;
  return ids.map((id) => ({ id, start: starts[id], restart: types[id] }));
}
