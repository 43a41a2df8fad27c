import { expect, test } from "vitest";
import {
  type Application,
  application,
  type ExitReason,
  format,
  formatReport,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import { trial } from "#runtime/testing";
import { type Applications, open } from "./exercise.ts";

type Who = keyof Applications;

interface Fate {
  readonly lines: readonly string[];
  /** "lives" or "is gone"; or that the shop was never opened. */
  readonly node: string;
  /** Why there is nothing to be seen of the node's fate, in words. */
  readonly fault: string | undefined;
}

const top = (who: Who) => `top of ${who}`;

function applicationOf(who: Who, applications: readonly string[]): Application {
  return {
    name: who,
    applications,
    start: (self) => ["ok", self.spawnLink(tree, who) as Pid],
  };
}

/** Stands for a whole tree: it ends as it is told to. */
function* tree(self: Self<["end", ExitReason]>, who: Who): Process {
  self.register(top(who));
  yield* self.receive({ end: (reason) => self.exit(reason) });
}

/** What becomes of the node when this application's tree has ended so. */
function after(who: Who, end: ExitReason): Fate {
  const lines: string[] = [];
  let node = "was never opened";
  let fault: string | undefined;
  const main = function* main(self: Self<never>): Process {
    const answer = yield* open(self, {
      till: applicationOf("till", []),
      music: applicationOf("music", []),
      count: applicationOf("count", ["till"]),
    });
    const running = application.whichApplications(self);
    lines.push(`open gives ${format(answer)}`);
    lines.push(`there run: ${running.join(", ") || "none"}`);
    fault = faultIn(running, answer);
    if (fault !== undefined) return;
    node = "is gone";
    lines.push(`the tree of ${who} ends with ${format(end)}`);
    self.send(top(who), ["end", end]);
    yield* self.sleep(100);
    node = "lives";
  };
  // A node that is gone takes the root with it: that is what is asked here.
  const { reports } = trial(main, { seed: 0, maxReductions: 20_000 });
  const last = reports.map((it) => formatReport(it).split("\n")[0] ?? "");
  lines.push(...last.map((line) => `reported: ${line}`), `the node ${node}`);
  return { lines, node, fault };
}

function faultIn(running: readonly string[], answer: unknown) {
  const all: readonly string[] = ["till", "music", "count"];
  const absent = all.filter((who) => !running.includes(who));
  if (absent.length > 0)
    return `Not all three run. Missing: ${absent.join(", ")}. \`open\` gave ${format(answer)}. Each is started with yield* application.start(self, application, type), and answers "ok". The count needs the till, so the till is started first.`;
  if (answer !== "ok")
    return `All three run, and \`open\` gave ${format(answer)}. Whoever opens the shop wants to hear "ok". Was a return forgotten?`;
  return undefined;
}

function says(rule: string, { lines, fault }: Fate, look: string): string {
  const story = lines.map((line) => `  ${line}`).join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${fault ?? look}\n\nIn short, the node`;
}

test("the node goes with its till, whatever the till ended with", () => {
  for (const reason of ["shutdown", "normal", "boom"]) {
    const fate = after("till", reason);
    expect(
      fate.node,
      says(
        "The till is what the shop is for. When its tree has ended, in whatever way, the node goes.",
        fate,
        "A node that lives without its till looks healthy from outside, and nobody starts it afresh. One start type never looks at the reason and always takes the node along.",
      ),
    ).toBe("is gone");
  }
});

test("the node does without music", () => {
  for (const reason of ["shutdown", "normal", "boom"]) {
    const fate = after("music", reason);
    expect(
      fate.node,
      says(
        "Music only helps. When it has ended, in whatever way, the node lives and sells.",
        fate,
        reason === "shutdown"
          ? "A shop was closed for a song. A tree that gives up ends with shutdown, and for an application even that is no normal end, unlike for a supervisor's child. Only one start type leaves the node alone whatever happens."
          : "A shop was closed for a song. Only one start type leaves the node alone whatever happens.",
      ),
    ).toBe("lives");
  }
});

test("a count that is finished leaves the node alone", () => {
  const fate = after("count", "normal");
  expect(
    fate.node,
    says(
      "The count of the stock ends when everything is counted. That is normal, and the node lives.",
      fate,
      "Work that is done was taken for a failure. One start type tells a normal end from any other.",
    ),
  ).toBe("lives");
});

test("a count that gave up takes the node with it", () => {
  for (const reason of ["shutdown", "boom"]) {
    const fate = after("count", reason);
    expect(
      fate.node,
      says(
        "A count that has broken off leaves numbers that nobody can trust. The node goes.",
        fate,
        "The shop sells by numbers that are half old and half new. To run once is not the same as not to matter: one start type lets a normal end pass and no other.",
      ),
    ).toBe("is gone");
  }
});
