import {
  type ExitReason,
  format,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import type { Print } from "./isolation.ts";

// #region member
export type ToMember =
  | [tag: "link" | "unlink", other: Pid]
  | [tag: "end", reason: ExitReason];

/** Ties itself to others, and ends, as it is told to. */
export function* member(self: Self<ToMember>): Process {
  return yield* self.receive({
    link: (other) => {
      self.link(other);
      return member(self);
    },
    unlink: (other) => {
      self.unlink(other);
      return member(self);
    },
    end: (reason) => self.exit(reason),
  });
}
// #endregion

// #region row
/** Some in a row, each linked to the next. The middle one ends. */
export function* row(
  self: Self<never>,
  size: number,
  reason: ExitReason,
  print: Print,
): Process {
  const members: Pid<ToMember>[] = [];
  for (let i = 0; i < size; i++) {
    const [before, next] = [members.at(-1), self.spawn(member)];
    if (before) self.send(before, ["link", next]);
    members.push(next);
  }
  yield* self.sleep(1);
  const middle = members[Math.floor(size / 2)] as Pid<ToMember>;
  self.send(middle, ["end", reason]);
  yield* self.sleep(1);
  const left = members.filter(isProcessAlive).length;
  print(`The middle one ends with ${format(reason)}: ${left} are left.`);
}
// #endregion

// #region twice
/** Two links from both ends are one link; one unlink undoes it. */
export function* twice(self: Self<never>, print: Print): Process {
  const [ann, bob] = [self.spawn(member), self.spawn(member)];
  self.send(ann, ["link", bob]);
  self.send(bob, ["link", ann]);
  yield* self.sleep(1);
  self.send(bob, ["unlink", ann]);
  yield* self.sleep(1);
  self.send(ann, ["end", "boom"]);
  yield* self.sleep(1);
  print(`Linked twice, unlinked once: bob is alive: ${isProcessAlive(bob)}.`);
}
// #endregion
