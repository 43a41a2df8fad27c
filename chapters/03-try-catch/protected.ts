import { classOf, type Self } from "#runtime";
import { ending, type Print, told } from "./classes.ts";

// #region greet
/** `of` is what follows the inner try; `after` is the outer finally. */
export function greet(read: () => string, print: Print): string {
  try {
    let name: string;
    try {
      name = read();
    } catch (caught) {
      if (classOf(caught) !== "throw" || caught !== "nobody") throw caught;
      return "caught nobody";
    }
    if (name === "") throw "nobody";
    return `hello ${name}`;
  } finally {
    print("  closed");
  }
}
// #endregion

export function printGreetings(self: Self<never>, print: Print): void {
  const readers: [what: string, read: () => string][] = [
    ["reads Ann", () => "Ann"],
    [
      "reading throws nobody",
      () => {
        throw "nobody";
      },
    ],
    ["reads an empty name", () => ""],
    ["reading exits", () => self.exit("bye")],
  ];
  for (const [what, read] of readers) {
    print(what);
    const [how, value] = ending(() => greet(read, print));
    print(`  ${how}: ${told(value)}`);
  }
}

// #region swallow
/** Never do this: the return in `finally` swallows whatever was thrown. */
export function swallow(run: () => string): string {
  try {
    return run();
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: this is the mistake shown.
    return "all is well";
  }
}
// #endregion
