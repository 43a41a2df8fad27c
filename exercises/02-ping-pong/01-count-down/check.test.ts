import { expect, test } from "vitest";
import { format, isPid, type Pid, type Process, type Self } from "#runtime";
import { exchange, type Run, trial, uncaughtIn } from "#runtime/testing";
import { type Print, ping, pong, type ToPong } from "./exercise.ts";

/** A match, and what became of it. It may go on for ever: that is a result. */
interface Match {
  readonly run: Run;
  readonly spectator: Pid;
  readonly lines: readonly string[];
  readonly pingPid: Pid;
  readonly pongPid: Pid;
  readonly isEndless: boolean;
}

type Opponent = (self: Self<ToPong>, print: Print) => Process;

function play(rounds: number, opponentBody: Opponent = pong): Match {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const players: Pid[] = [];
  const body = function* spectator(self: Self<never>) {
    const opponent = self.spawn(opponentBody, print);
    const server = self.spawn(ping, rounds, opponent, print);
    players.push(self.pid, server, opponent);
    yield* self.sleep(60_000);
  };
  const run = trial(body, { seed: 0, maxReductions: 300 });
  const isEndless = run.failure !== undefined;
  const [spectator, pingPid, pongPid] = players as [Pid, Pid, Pid];
  return { run, spectator, lines, pingPid, pongPid, isEndless };
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, match: Match, look: string): string {
  const { run, spectator, isEndless } = match;
  // What the players did, without the process that watches them.
  const events = run.trace.filter(
    (event) =>
      event.kind === "spawn" || !("pid" in event) || event.pid !== spectator,
  );
  // An endless match is told by how it begins.
  const story = isEndless
    ? `${exchange(events.slice(0, 33))}\n  … and so on without end`
    : exchange(events);
  return `${rule}\n\nWhat happened:\n${story}\n\n${uncaughtIn(run) ?? look}\n\nIn short`;
}

/** What pong was sent, in order. */
function sentToPong({ run, pongPid }: Match): unknown[] {
  return run.trace.flatMap((event) =>
    event.kind === "send" && event.to === pongPid ? [event.message] : [],
  );
}

function isPing(
  message: unknown,
): message is [tag: "ping", times: number, from?: unknown] {
  return Array.isArray(message) && message[0] === "ping";
}

/** The numbers of the rounds that ping has served, in order. */
function served(match: Match): number[] {
  return sentToPong(match)
    .filter(isPing)
    .map(([, times]) => times);
}

/** The oldest message that lies in the mailbox of a player who waits. */
function untaken(match: Match, pid: Pid): unknown {
  if (match.isEndless || hasEnded(match, pid)) return undefined;
  const mailbox: unknown[] = [];
  for (const event of match.run.trace) {
    if (event.kind === "deliver" && event.to === pid) {
      mailbox.push(event.message);
    } else if (event.kind === "receive" && event.pid === pid) {
      mailbox.splice(mailbox.indexOf(event.message), 1);
    }
  }
  return mailbox[0];
}

/** What a message says that nobody takes. */
function misnamed(match: Match): string | undefined {
  const toPong = untaken(match, match.pongPid);
  if (toPong === "pong") {
    return "Pong has answered itself: the third field of the ping names pong. It has to be `self.pid`, the address of the one who waits for the answer.";
  }
  if (toPong !== undefined) {
    return `Pong was sent ${format(toPong)}, and no clause of it has this tag: it knows ["ping", times, from] and "stop". The tag stands first, and it is the same word in the same letters.`;
  }
  const toPing = untaken(match, match.pingPid);
  if (toPing !== undefined) {
    return `Ping was sent ${format(toPing)}, and still waits: its receive has no clause of this name.`;
  }
  return undefined;
}

function endOf({ run }: Match, pid: Pid): unknown {
  const exit = run.trace.find(
    (event) => event.kind === "exit" && event.pid === pid,
  );
  return exit?.kind === "exit" ? exit.reason : undefined;
}

function hasEnded(match: Match, pid: Pid): boolean {
  return endOf(match, pid) !== undefined;
}

/** Whether somebody sent pong an exit signal, as `sendExit` does. */
function wasSignalled({ run, pongPid }: Match): boolean {
  return run.trace.some(
    (event) =>
      event.kind === "exit-signal" && event.to === pongPid && !event.overLink,
  );
}

/** What each number of rounds but the right one says about the answer. */
function miscount(match: Match, rounds: number): string {
  const messages = sentToPong(match);
  const numbers = served(match);
  const trouble = misnamed(match);
  if (trouble) return trouble;
  if (
    messages.lastIndexOf("stop") !== messages.length - 1 &&
    messages.includes("stop")
  ) {
    return 'Ping said "stop" and went on. What stands behind an `if` is done as well, unless the `if` has returned. Look at where the end ends, and that it comes once.';
  }
  if (numbers.some((times, index) => times !== rounds - index)) {
    return "The numbers do not go down by one. What the next round is called with is its `times`: look at that argument.";
  }
  if (match.isEndless) {
    return "It plays on below zero. A case that takes every whole number takes 0 as well, so what stands behind it is never reached. Look at what is asked first when `times` is 0.";
  }
  if (numbers.length < rounds) {
    return "One round too few: the end was taken while a round was still owed. `times` is how many rounds are left to play, so with 1 there is still one. Look at the number in the condition of the end.";
  }
  return "One round too many: round 0 was served. `times` is how many rounds are left to play, so with 0 there is nothing left. Look at the number in the condition of the end.";
}

/** Takes nothing and answers nobody, so no answer can go astray. */
const mute: Opponent = function* opponent(self) {
  yield* self.sleep(100_000);
};

/** Why pong was not told to stop. */
function untold(match: Match): string {
  const other = sentToPong(match).find((message) => !isPing(message));
  const trouble = other === "pong" ? misnamed(match) : undefined;
  if (trouble !== undefined) return trouble;
  if (other !== undefined) {
    return `Pong was sent ${format(other)}, and that is not "stop": one word, without brackets, in the same letters.`;
  }
  if (wasSignalled(match)) {
    const effect = hasEnded(match, match.pongPid)
      ? "It ended pong where it waited"
      : "This one does nothing to pong";
    return `Pong was sent an exit signal, and a signal is no message: no clause takes it. ${effect}, and pong does not get to print its last line. What pong is to read, \`self.send\` puts into its mailbox.`;
  }
  const reason = endOf(match, match.pingPid);
  if (reason !== undefined && reason !== "normal") {
    return `Ping ended before it told anybody, with the reason ${format(reason)}. self.exit ends the process that calls it; to another it only has to send a message.`;
  }
  return "Nobody told pong. That ping ends does not end pong: a process that waits for a message waits until one arrives, whoever else has gone. It would sit there for ever.";
}

test("a match of three rounds serves 3, 2 and 1", () => {
  // Before pong takes part: it throws when it is to answer what is no address.
  const unanswered = play(3, mute);
  const first = sentToPong(unanswered).find(isPing);
  expect(
    first === undefined || isPid(first[2]) ? "a pid" : format(first[2]),
    says(
      "A ping says who waits for the pong.",
      unanswered,
      `Ping sent ${format(first)}. The third field has to be \`self.pid\`, or pong does not know whom to answer.`,
    ),
  ).toBe("a pid");
  const match = play(3);
  const rule = "A match of three rounds serves round 3, 2 and 1 and no other.";
  expect(
    served(match).slice(0, 6).join(", "),
    says(rule, match, miscount(match, 3)),
  ).toBe("3, 2, 1");
  const printed = match.lines.filter((line) => /^P[io]ng -?\d+$/.test(line));
  expect(
    printed,
    says(
      "Pong prints each round when it is served, ping when it is answered.",
      match,
      "A round is over when the pong has arrived. Is it waited for, and then printed, with its own number, in each of them?",
    ),
  ).toEqual(["Pong 3", "Ping 3", "Pong 2", "Ping 2", "Pong 1", "Ping 1"]);
});

test("after the last round ping tells pong to stop, once", () => {
  const match = play(2);
  const stops = match.run.trace.filter(
    (event) => event.kind === "send" && event.message === "stop",
  );
  const receivers = stops.map((event) =>
    event.kind !== "send"
      ? "nobody"
      : event.to === match.pongPid
        ? "pong"
        : event.to === match.pingPid
          ? "ping itself"
          : "somebody else",
  );
  expect(
    receivers,
    says(
      'After the last round ping sends pong the message "stop", once.',
      match,
      receivers.length === 0
        ? untold(match)
        : 'Look at where "stop" is sent to, and how often. A message goes to the mailbox of one pid and to no other.',
    ),
  ).toEqual(["pong"]);
});

test("both players end, without waiting for each other", () => {
  const match = play(2);
  expect(
    [hasEnded(match, match.pingPid), hasEnded(match, match.pongPid)],
    says(
      'Both players end: ping when it has said "stop", pong when it reads it.',
      match,
      hasEnded(match, match.pongPid)
        ? 'Ping still waits. "stop" is not a question: pong does not answer it, and a receive after it waits for a message that nobody sends. To send is enough.'
        : (misnamed(match) ?? 'Pong still waits. Was "stop" sent to it?'),
    ),
  ).toEqual([true, true]);
  const ends = match.lines.filter((line) => !/\d/.test(line)).sort();
  expect(
    ends,
    says(
      "At the end each player prints its last line, once.",
      match,
      `Printed at the end: ${format(ends)}. Look at what ping prints before it returns, with the print that it was given.`,
    ),
  ).toEqual(["Ping stop", "Pong received stop"]);
});

test("a match of no rounds is only the end", () => {
  const match = play(0);
  expect(
    served(match).slice(0, 3).join(", "),
    says(
      "A match of no rounds serves nothing; it only ends.",
      match,
      "A round was served before anybody asked whether there was one to play. An end that is tested behind the first round works for every number but 0. Ask first, then serve.",
    ),
  ).toBe("");
  expect(
    [...match.lines].sort(),
    says(
      "A match of no rounds ends like any other, for both players.",
      match,
      'Look at what ping does when it starts with `times` being 0: a "stop" for pong and a line for the reader.',
    ),
  ).toEqual(["Ping stop", "Pong received stop"]);
});
