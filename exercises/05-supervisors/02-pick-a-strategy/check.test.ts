import { expect, test } from "vitest";
import {
  type ChildSpec,
  format,
  isProcessAlive,
  type Pid,
  type Self,
  type SupervisorFlags,
  supervisor,
} from "#runtime";
import { simulate } from "#runtime/testing";
import { type Plan, plan, type Starts } from "./exercise.ts";

type Who = keyof Starts;
const everybody: readonly Who[] = ["stock", "till", "display"];
/** Whom each of them needs when it starts, and from then on. */
const needs = { stock: undefined, till: "stock", display: "till" } as const;

/** What the shop was like after one of them had died. */
interface Outcome {
  readonly lines: readonly string[];
  readonly flags: SupervisorFlags;
  /** Who was started, as often as it was, before anybody died. */
  readonly opened: string;
  /** Who is alive as another process than before. */
  readonly replaced: string;
  readonly missing: string;
}

function deathOf(victim: Who | undefined): Outcome {
  const lines: string[] = [];
  let given: unknown;
  let outcome = { flags: {}, opened: "", replaced: "", missing: "" };
  simulate(
    function* main(self: Self<never>) {
      self.trapExit(true);
      const opened: Who[] = [];
      const now: Partial<Record<Who, Pid>> = {};
      const lives = (who: Who) => {
        const pid = now[who];
        return pid !== undefined && isProcessAlive(pid);
      };
      const startOf = (who: Who): ChildSpec["start"] =>
        function start(it) {
          const needed = needs[who];
          if (needed && !lives(needed)) {
            lines.push(`${who} cannot start: there is no ${needed}`);
            return ["error", `no ${needed}`];
          }
          const pid = it.spawnLink(child);
          now[who] = pid;
          opened.push(who);
          lines.push(`${who} is started as ${pid}`);
          return ["ok", pid];
        };
      given = plan({
        stock: startOf("stock"),
        till: startOf("till"),
        display: startOf("display"),
      });
      if (!isPlan(given)) return;
      const { flags, children } = given;
      lines.push(`the flags are ${format(flags)}`);
      const started = yield* supervisor.startLink(self, flags, children);
      const first = opened.join(", ");
      if (started[0] !== "ok") lines.push(`the supervisor: ${format(started)}`);
      const before = { ...now };
      const pid = victim && now[victim];
      if (started[0] === "ok" && pid) {
        lines.push(`${victim} dies`);
        self.sendExit(pid, "boom");
        yield* self.sleep(100);
        if (!isProcessAlive(started[1])) {
          lines.push("the supervisor has ended: too many restarts");
        }
        for (const who of everybody) {
          const how = before[who] === now[who] ? "the same" : "another one";
          const state = lives(who) ? `alive, ${how}` : "not there";
          lines.push(`at the end ${who} is ${state}`);
        }
      }
      const changed = everybody.filter((who) => before[who] !== now[who]);
      const missing = everybody.filter((who) => !lives(who));
      outcome = {
        flags,
        opened: first,
        replaced: changed.join(", "),
        missing: missing.join(", "),
      };
    },
    { seed: 0 },
  );
  expect(
    isPlan(given) ? "a plan" : format(given),
    "plan returns the flags and the children: { flags: {…}, children: […] }.\n\nIn short",
  ).toBe("a plan");
  return { lines, ...outcome };
}

function isPlan(given: unknown): given is Plan {
  const { flags, children } = Object(given) as Partial<Plan>;
  return Object(flags) === flags && Array.isArray(children);
}

function* child(self: Self<never>) {
  yield* self.receive({});
}

function says(rule: string, { lines }: Outcome, look: string): string {
  const story = lines.map((line) => `  ${line}`).join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${look}\n\nIn short`;
}

const failed = ({ lines }: Outcome) =>
  lines.some((line) => line.includes("cannot start"));
const twice = ({ opened }: Outcome) => /(\w+), \1/.test(opened);

const ORDER =
  'Children are started in the order of the list, one after the other. Whoever needs another has to stand behind it, whatever the strategy is. (And "the rest" of rest_for_one are those listed behind the dead one, not those above it.)';

test("all three start", () => {
  const outcome = deathOf(undefined);
  expect(
    outcome.opened,
    says(
      "The shop opens with a stock, a till and a display.",
      outcome,
      failed(outcome) && !twice(outcome)
        ? ORDER
        : "Each of them is started once. Is each in the list, with a start of its own?",
    ),
  ).toBe("stock, till, display");
});

test("a stock that dies takes the other two with it, and three come back", () => {
  const outcome = deathOf("stock");
  expect(
    outcome.missing,
    says(
      "After the death of the stock there are a stock, a till and a display; nobody is missing.",
      outcome,
      outcome.lines.some((line) => line.includes("too many")) &&
        !failed(outcome)
        ? "The supervisor has given up, and its children ended with it. Its flags allow too few restarts for one death."
        : "Being stopped with another is an end, too. A child that is never started again is forgotten then, and the strategy does not bring it back: it starts those that are still listed. Look at the restart types.",
    ),
  ).toBe("");
  expect(
    outcome.replaced,
    says(
      "After the death of the stock all three are new.",
      outcome,
      `${outcome.flags.strategy === undefined ? 'The flags name no strategy, and then it is "one_for_one". ' : ""}Somebody who was left running still holds what the dead one has handed out. It is alive, and of no use. Alive is not enough: those who depend on the dead one have to start afresh.`,
    ),
  ).toBe("stock, till, display");
});

test("a till that dies takes the display with it, and leaves the stock alone", () => {
  const outcome = deathOf("till");
  expect(
    outcome.replaced,
    says(
      "After the death of the till, the till and the display are new, and the stock is the old one.",
      outcome,
      outcome.replaced.includes("stock")
        ? "The stock needs nobody, and was stopped for a till. What was in the book is gone, for nothing. Dependence has a direction: those who came later depend on those before, and not the other way round."
        : "The display is connected to a till that is dead. Who was started after the till, and because of it?",
    ),
  ).toBe("till, display");
});

test("a display that dies is replaced alone", () => {
  const outcome = deathOf("display");
  expect(
    outcome.replaced,
    says(
      "After the death of the display only the display is new.",
      outcome,
      "Nobody depends on the display, so nobody has to go with it. Which of the others was listed behind it, or is every death everybody's?",
    ),
  ).toBe("display");
});
