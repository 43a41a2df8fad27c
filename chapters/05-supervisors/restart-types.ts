import {
  type ChildSpec,
  type ExitReason,
  type Process,
  type Step,
  supervisor,
} from "#runtime";
import { startTop, stopTop, type Teller } from "./top.ts";
import { child, type Print, words } from "./worker.ts";

type Restart = NonNullable<ChildSpec["restart"]>;

const types: readonly Restart[] = ["permanent", "transient", "temporary"];
const reasons: readonly ExitReason[] = [
  "normal",
  "shutdown",
  ["shutdown", "late"],
  "boom",
  "kill",
];

// #region fate
/** What becomes of a child of this type that ends like this. */
function* fate(
  self: Teller,
  restart: Restart,
  reason: ExitReason,
): Step<string> {
  const children = [child("a", () => {}, { restart })];
  const top = yield* startTop(self, {}, children);
  self.send("a", ["die", reason]);
  yield* self.sleep(50);
  const [listed] = yield* supervisor.whichChildren(self, top);
  yield* stopTop(self, top);
  if (listed === undefined) return "gone";
  return listed[1] === undefined ? "kept" : "back";
}
// #endregion

/** Each restart type against each reason. */
export function* restartTypes(self: Teller, print: Print): Process {
  print(row("ends with", types));
  for (const reason of reasons) {
    const fates: string[] = [];
    for (const type of types) fates.push(yield* fate(self, type, reason));
    const label = Array.isArray(reason) ? reason.join(" ") : words(reason);
    print(row(label, fates));
  }
}

/** Columns of 15, 12 and 12 characters, and one that needs no end. */
function row(first: string, rest: readonly string[]): string {
  const [second = "", third = "", last = ""] = rest;
  return `${first.padEnd(15)}${second.padEnd(12)}${third.padEnd(12)}${last}`;
}
