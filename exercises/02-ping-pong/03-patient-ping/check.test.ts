import { expect, test } from "vitest";
import { format, type Pid, type Process, type Self } from "#runtime";
import { exchange, trial, uncaughtIn } from "#runtime/testing";
import { ping, type ToPong } from "./exercise.ts";

/** What the line does with the answer to a ping: so many ms late, or lost. */
type Fate = number | "lost";

const GOING_ON = "still going on";

interface Match {
  readonly lines: readonly string[];
  /** What ping served: `2 at 1000 ms` is round 2, one second after the start. */
  readonly served: readonly string[];
  /** What ping sent beside pings: "stop", if all is well. */
  readonly others: readonly unknown[];
  /** How and when ping ended: `"normal" at 1800 ms`. */
  readonly end: string;
  readonly story: string;
  readonly thrown: string | undefined;
}

/** The n-th ping of the match has the n-th fate; those after that are lost. */
function play(rounds: number, fates: readonly Fate[]): Match {
  const lines: string[] = [];
  let player: Pid | undefined;
  let count = 0;
  const opponentBody = function* pong(self: Self<ToPong>): Process {
    for (;;) {
      const isOver = yield* self.receive({
        ping: (times, from) => {
          const fate = fates[count++] ?? "lost";
          if (fate === 0) self.send(from, ["pong", times]);
          else if (fate !== "lost") self.sendAfter(fate, from, ["pong", times]);
          return false;
        },
        stop: () => true,
      });
      if (isOver) return;
    }
  };
  const body = function* spectator(self: Self<never>) {
    const opponent = self.spawn(opponentBody);
    player = self.spawn(ping, rounds, opponent, (line) => lines.push(line));
    yield* self.sleep(20_000);
  };
  const run = trial(body, { seed: 0, maxReductions: 500 });
  const { trace } = run;
  const spawns = trace.filter((event) => event.kind === "spawn");
  const events = trace.filter(
    (event) =>
      (event.kind === "send" && event.from !== undefined) ||
      ("pid" in event && event.pid === player && event.kind !== "spawn"),
  );
  const told = events.slice(0, 14).map((event) => {
    const at = `${event.atMs}`.padStart(5);
    return `${at} ms ${exchange([...spawns, event])}`;
  });
  if (events.length > told.length) told.push("      … and so on");
  const last = events.find((event) => event.kind === "exit");
  const sent = events.flatMap((event) =>
    event.kind === "send" && event.from === player ? [event] : [],
  );
  return {
    lines,
    served: sent.flatMap(({ atMs, message }) =>
      isPing(message) ? [`${message[1]} at ${atMs} ms`] : [],
    ),
    others: sent
      .map(({ message }) => message)
      .filter((message) => !isPing(message)),
    end:
      last?.kind === "exit"
        ? `${format(last.reason)} at ${last.atMs} ms`
        : GOING_ON,
    story: told.join("\n"),
    thrown: uncaughtIn(run),
  };
}

function isPing(message: unknown): message is [tag: "ping", times: number] {
  return Array.isArray(message) && message[0] === "ping";
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, { story, thrown }: Match, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${thrown ?? look}\n\nIn short`;
}

/** Why the match did not go on after the lost pong as it should. */
function unserved({ served, others, end }: Match): string {
  const strange = others.filter((message) => message !== "stop");
  if (strange.length > 0) {
    return `Ping sent ${format(strange[0])}, and pong does not know that. It knows ["ping", times, from] and "stop": the tag first, in these letters, and the rest in this order.`;
  }
  if (served.length < 2 && end === GOING_ON) {
    return "Ping still waits, long after the second is over. A receive without `after` waits for ever, and a timer of JavaScript, such as `setTimeout`, does not run in the check's time.";
  }
  if (served.length < 2) {
    return "One silence ended everything. That nothing came within a second does not tell you that pong is gone, only that nothing came. Look at what the `after` does.";
  }
  if (served[1]?.startsWith("1")) {
    return "The round was skipped. A round that nobody answered has not been played; serve it again before the next. Look at the number in the call that follows the `after`.";
  }
  if (served[1] === "2 at 1000 ms" && served[2]?.startsWith("2")) {
    return "The second ping was answered, and ping served the round once more. It did not take the answer for one. A clause is named by the tag, pong, and is given what stands behind it: the number of a round. Is the right number the one that is accepted?";
  }
  if (served[2] === "1 at 1000 ms") {
    return "Ping goes on when all is played. With `times` being 0 the match is over: the end returns, and nothing behind it is done.";
  }
  return "Look at when the round is served again: once, after a whole second of silence, and not after an answer.";
}

/** How ping should not have ended when nobody answered. */
function otherEnd({ end }: Match): string {
  if (end.startsWith('"normal"')) {
    return "It ended normally. To return is to say that all went well: whoever watches this process cannot tell a lost match from a played one. `self.exit(reason)` ends a process and says why.";
  }
  if (end.endsWith("at 3000 ms")) {
    return `It ended with another reason: ${end}. \`self.exit(reason)\` takes the reason and nothing else, and ends the process that calls it. A thrown Error is the reason itself; a thrown string becomes ["nocatch", …].`;
  }
  return "Look at what happens when the last second is over.";
}

test("a lost pong costs another try of the same round, not the match", () => {
  const match = play(2, ["lost", 0, 0]);
  expect(
    match.served.join(", "),
    says(
      "The answer to the first ping is lost. After 1000 ms ping serves the same round again.",
      match,
      unserved(match),
    ),
  ).toBe("2 at 0 ms, 2 at 1000 ms, 1 at 1000 ms");
  expect(
    match.lines.join(", "),
    says(
      "A round is printed once, when it is answered, however often it was served.",
      match,
      "Look at where `Ping …` is printed: with the pong, not with the ping.",
    ),
  ).toBe("Ping 2, Ping 1, Ping stop");
});

test("after three tries without an answer ping gives up", () => {
  const match = play(2, []);
  expect(
    match.served.join(", "),
    says(
      "Nobody answers. A round is served three times, the first included, and not once more.",
      match,
      match.served.some((one) => one.startsWith("1"))
        ? "After the last try the next round was served. A round that nobody has answered is not played, and the match is lost with it."
        : match.served.length > 4
          ? "It tries for ever. A retry without a bound is a loop: if the other end is gone, ping calls it until the lights go out, and nobody is ever told. Count the tries in an argument, and give the next call one less."
          : "That is another number of tries than three. The first time is a try as well. Look at where the count begins, and at whether it is tested before serving or after.",
    ),
  ).toBe("2 at 0 ms, 2 at 1000 ms, 2 at 2000 ms");
});

test('giving up is an exit with the reason "no answer"', () => {
  const match = play(2, []);
  expect(
    match.end,
    says(
      'When the third try is not answered either, ping ends with the reason "no answer".',
      // That it threw is the answer here, and no accident.
      { ...match, thrown: undefined },
      otherEnd(match),
    ),
  ).toBe('"no answer" at 3000 ms');
});

test("every round has three tries of its own", () => {
  const match = play(2, ["lost", "lost", 0, "lost", "lost", 0]);
  expect(
    match.end,
    says(
      "In each of the two rounds two pongs are lost and the third arrives. The match is played to its end.",
      match,
      match.end.startsWith('"no answer"')
        ? "The second round was given up too early: it had to live on what the first had left. An answer proves that the line works, so the next round starts with all its tries. Look at the arguments of the call that goes on to the next round."
        : "Look at what ping does after an answer that came at the third try.",
    ),
  ).toBe('"normal" at 4000 ms');
});

test("a late pong of the round before is not an answer to this one", () => {
  const match = play(2, [1_500, 0, 800]);
  expect(
    match.end,
    says(
      "Round 2 is served twice, and both are answered: the second at once, the first at 1500 ms. Round 1 is answered at 1800 ms, and not before.",
      match,
      match.end.startsWith('"normal" at 1500') && match.lines.includes("Ping 1")
        ? "The late pong of round 2 was taken for the answer to round 1. A message does not know which receive it was meant for; only what stands in it tells. Compare the number in the pong with the round that is being played."
        : "The late pong upset the round. It is no answer and no silence either: step over it, and wait for the right one.",
    ),
  ).toBe('"normal" at 1800 ms');
  expect(
    match.served.length,
    says(
      "A late pong of another round is no reason to serve again.",
      match,
      "The round was served once too often. Only a silence costs a try. Waiting again and serving again are two things.",
    ),
  ).toBe(3);
});

test("when all is played, pong is told to stop", () => {
  const match = play(1, [0]);
  const farewell = match.others.map((message) => format(message)).join(", ");
  expect(
    farewell,
    says(
      'One round is played. Then ping sends "stop", once, and prints "Ping stop".',
      match,
      farewell === ""
        ? "Nobody has told pong. It waits for the next ping, and will for ever: a process does not notice that another has nothing more to say."
        : `Beside pings it sent ${farewell}. What no clause of pong takes lies in its mailbox, and pong waits for ever.`,
    ),
  ).toBe('"stop"');
});
