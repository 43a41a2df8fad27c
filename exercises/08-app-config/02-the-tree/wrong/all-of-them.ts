// Misconception: those who belong together all go together
// Caught by: a till that dies is replaced alone
import { type ChildSpec, type SupervisorFlags, supervisor } from "#runtime";

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
  const sales: ChildSpec = {
    id: "sales",
    start: (self) =>
      supervisor.startLink(self, { strategy: "one_for_all" }, [
        { id: "stock", start: starts.stock },
        { id: "till", start: starts.till, shutdownMs: 10_000 },
      ]),
    type: "supervisor",
  };
  return {
    flags: { strategy: "one_for_one" },
    children: [{ id: "prices", start: starts.prices }, sales],
  };
}
