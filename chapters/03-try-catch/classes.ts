import { classOf, Exit, type Self } from "#runtime";

export type Print = (line: string) => void;

// #region endings
/** Four ways for a function to end: one is to return. */
export function fourEndings(self: Self<never>): readonly (() => unknown)[] {
  return [
    () => "ok",
    () => {
      throw ["lost_connection", "cable cut"];
    },
    () => {
      throw new Error("a mistake in this program");
    },
    () => self.exit("no more to do"),
  ];
}
// #endregion

export type Ending = readonly [
  how: "returned" | ReturnType<typeof classOf>,
  what: unknown,
];

// #region ending
/** How `run` ended, and with what. Erlang's `catch Class:Reason`. */
export function ending(run: () => unknown): Ending {
  try {
    return ["returned", run()];
  } catch (caught) {
    return [classOf(caught), reasonIn(caught)];
  }
}

/** What was thrown; of an exit, the reason in it. */
export function reasonIn(caught: unknown): unknown {
  return caught instanceof Exit ? caught.reason : caught;
}
// #endregion

export function printEndings(self: Self<never>, print: Print): void {
  for (const run of fourEndings(self)) {
    const [how, what] = ending(run);
    print(`${how}: ${told(what)}`);
  }
}

/** A reason in plain words, the same in both languages. */
export function told(reason: unknown): string {
  if (reason instanceof Error) return reason.message;
  return Array.isArray(reason) ? reason.map(told).join(", ") : String(reason);
}
