import { expect, test } from "vitest";
import {
  type ChildSpec,
  type ExitReason,
  format,
  type Pid,
  type Self,
  supervisor,
} from "#runtime";
import { simulate } from "#runtime/testing";
import { type Starts, shop } from "./exercise.ts";

type Who = keyof Starts;

/** What became of a child after an end. */
interface Fate {
  readonly lines: readonly string[];
  /** What its spec says of starting it again, in words. */
  readonly said: string;
  readonly starts: number;
  readonly isListed: boolean;
}

/** A shop in which this child ends with this reason, if there is one. */
function after(who: Who, reason?: ExitReason): Fate {
  const lines: string[] = [];
  let said = "";
  let starts = 0;
  let isListed = false;
  simulate(
    function* main(self: Self<never>) {
      self.trapExit(true);
      const running: Partial<Record<Who, Pid<["end", ExitReason]>>> = {};
      const startOf = (id: Who): ChildSpec["start"] =>
        function start(it: Self<never> | undefined) {
          if (it === undefined) throw new TypeError(CALLED);
          if (id === who) starts++;
          lines.push(`${id} is started`);
          const pid = it.spawnLink(child);
          running[id] = pid;
          return ["ok", pid];
        };
      const flags = { intensity: 5, periodMs: 10_000 };
      const children = shop({
        till: startOf("till"),
        prices: startOf("prices"),
        visitor: startOf("visitor"),
      });
      said = saidIn(children, who);
      const started = yield* supervisor.startLink(self, flags, children);
      if (started[0] !== "ok") {
        lines.push(`the supervisor: ${format(started)}`);
        return;
      }
      const pid = running[who];
      if (reason === undefined || pid === undefined) return;

      lines.push(`${who} ends with ${format(reason)}`);
      self.send(pid, ["end", reason]);
      yield* self.sleep(10);
      const listed = yield* supervisor.whichChildren(self, started[1]);
      isListed = listed.some(([id]) => id === who);
      const ids = listed.map(([id]) => id).reverse();
      lines.push(`the supervisor knows: ${ids.join(", ")}`);
    },
    { seed: 0 },
  );
  return { lines, said, starts, isListed };
}

const CALLED =
  "this start is called here. A spec holds the function itself; the supervisor is the one who calls it.";

function saidIn(children: unknown, who: Who): string {
  if (!Array.isArray(children)) return "";
  const spec = children.find((one) => one?.id === who);
  if (!spec) return `No spec has the id "${who}".`;
  const known = ["id", "start", "restart", "shutdownMs", "type"];
  const stray = Object.keys(spec).filter((key) => !known.includes(key));
  return [
    spec.restart
      ? `Its spec says restart: "${spec.restart}".`
      : 'Its spec says no restart, and then it is "permanent".',
    ...stray.map((key) => `A supervisor does not know "${key}".`),
  ].join(" ");
}

function* child(self: Self<["end", ExitReason]>) {
  yield* self.receive({ end: (reason) => self.exit(reason) });
}

function says(
  rule: string,
  { lines, said }: Fate,
  look: string,
  what = "its starts",
): string {
  const story = lines.map((line) => `  ${line}`).join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${said} ${look}\n\nIn short, ${what}`;
}

test("the shop opens with one of each", () => {
  for (const who of ["till", "prices", "visitor"] as const) {
    const fate = after(who);
    expect(
      fate.starts,
      says(
        `There are three children, each with a start of its own. At first ${who} is started once.`,
        fate,
        `Is starts.${who} in the list, and in one spec only?`,
      ),
    ).toBe(1);
  }
});

test("the till is there again, whatever it ended with", () => {
  for (const reason of ["boom", "normal", "shutdown"]) {
    const fate = after("till", reason);
    expect(
      fate.starts,
      says(
        "The shop has one till at all times. It is started once, and once more after any end.",
        fate,
        "A quiet end is an end. Nobody can pay, whether the till crashed or just returned. The type that looks at the reason is for a process that may finish; a till may not.",
      ),
    ).toBe(2);
  }
});

test("a price list that was read to the end is not read again", () => {
  const fate = after("prices", "normal");
  expect(
    fate.starts,
    says(
      "Reading the prices has an end. When it ends well, it is not started again.",
      fate,
      "The default type starts a child again after every end, a good one included. This child is done, and would be done again and again. Is there a type that may finish?",
    ),
  ).toBe(1);
});

test("a price list that broke off is read again", () => {
  const fate = after("prices", "boom");
  expect(
    fate.starts,
    says(
      "Half a price list is no price list. When reading it crashes, it is started again.",
      fate,
      "To run once is not the same as to be started once. The type that is never started again does not look at the reason at all; here the reason decides.",
    ),
  ).toBe(2);
});

test("a visitor who has gone stays away", () => {
  for (const reason of ["boom", "normal"]) {
    const fate = after("visitor", reason);
    expect(
      fate.starts,
      says(
        "A visitor is started once. After no end whatever is it started again.",
        fate,
        "There is nobody behind it any more. A crash changes nothing about that: a new process does not bring the person back. So the reason must not count.",
      ),
    ).toBe(1);
    expect(
      fate.isListed,
      says(
        "A visitor who has gone is forgotten by the supervisor.",
        fate,
        "A spec that stays in the list is for a child that may be started again. With many visitors the list would only grow. One type does not stay.",
        "whether it is listed",
      ),
    ).toBe(false);
  }
});
