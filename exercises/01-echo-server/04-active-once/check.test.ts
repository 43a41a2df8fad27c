import { expect, test } from "vitest";
import {
  after,
  format,
  type Pid,
  type Process,
  processInfo,
  type Self,
  type Step,
} from "#runtime";
import { connect, listen, ok, send, type TcpMessage } from "#runtime/net";
import { trial } from "#runtime/testing";
import { acceptor, type Work } from "./exercise.ts";

const PORT = 9527;
const WORK_MS = 100;
const LINES = ["one", "two", "three", "four", "five"];

function isLine(message: unknown): boolean {
  return (message as TcpMessage)[0] === "tcp";
}

function isBytes(given: unknown): boolean {
  return given instanceof Uint8Array;
}

function messagesOf(pid: Pid): readonly unknown[] {
  return processInfo(pid)?.messages ?? [];
}

/** What became of the lines that an impatient client sent. */
interface Day {
  /** What was given to work, whether or not its steps were taken. */
  readonly given: readonly unknown[];
  readonly worked: readonly string[];
  /** How many lines waited in the handler's mailbox during its work. */
  readonly waiting: readonly number[];
  /** How many lines were worked on at once. */
  readonly atOnce: number;
  readonly hasEnded: boolean;
  readonly isHungUpOn: boolean;
  readonly story: string;
}

/** A client sends all its lines at once, and the handler works on each. */
function day(): Day {
  const given: unknown[] = [];
  const worked: string[] = [];
  const waiting: number[] = [];
  const log: string[] = [];
  let handler: Pid | undefined;
  let [busy, atOnce] = [0, 0];
  let isHungUpOn = false;
  let left = "";

  const work: Work = (self, bytes) => {
    given.push(bytes);
    return slow(self, bytes);
  };

  function* slow(self: Self<TcpMessage>, bytes: Uint8Array): Step<void> {
    handler = self.pid;
    atOnce = Math.max(atOnce, ++busy);
    yield* self.sleep(WORK_MS);
    busy--;
    const line = isBytes(bytes)
      ? new TextDecoder().decode(bytes).trimEnd()
      : `${format(bytes)}, no line`;
    const count = messagesOf(self.pid).filter(isLine).length;
    worked.push(line);
    waiting.push(count);
    log.push(`  the handler has worked on ${format(line)}; waiting: ${count}`);
  }

  function* client(me: Self<TcpMessage>): Process {
    const socket = ok(yield* connect(me, "127.0.0.1", PORT));
    for (const line of LINES) yield* send(me, socket, `${line}\n`);
    log.push(`  the client has sent ${LINES.length} lines`);
    const clauses = { tcp_closed: () => true };
    isHungUpOn = yield* me.receive(
      clauses,
      after(2_000, () => false),
    );
    log.push(`  the client ${isHungUpOn ? "is hung up on" : "leaves"}`);
  }

  const body = function* office(self: Self<never>): Process {
    const options = { packet: "line", active: false } as const;
    const listening = ok(yield* listen(self, PORT, options));
    self.spawn(acceptor, listening, work);
    self.spawn(client);
    yield* self.sleep(5_000);
    if (handler) left = messagesOf(handler).map(format).join(", ");
  };
  const { reports, trace } = trial(body, { seed: 0, maxReductions: 5_000 });
  const [crash] = reports;
  if (crash?.kind === "crash") {
    log.push(`  ${crash.label} threw: ${format(crash.reason)}`);
  }
  const hasEnded = trace.some(
    (event) => event.kind === "exit" && event.pid === handler,
  );
  if (handler) log.push(`  the handler ${hasEnded ? "ends" : "still waits"}`);
  if (left) log.push(`  unread in its mailbox: ${left}`);
  const story = log.slice(0, 24).join("\n");
  return { given, worked, waiting, atOnce, hasEnded, isHungUpOn, story };
}

/** What a failing check says: the rule, the day, and where to look. */
function says(rule: string, { story }: Day, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${look}\n\nIn short`;
}

/** What tells a learner that a question was not taken. */
const ANSWERS =
  'If it asks, look at what setopts or recv answers: ["error", "einval"] is a mode or a length that cannot be, or a recv on an active socket. An option with a misspelt name is none.';

/** Why not every line was worked on. */
function missing({ given, worked, isHungUpOn }: Day): string {
  const wrong = given.find((one) => !isBytes(one));
  if (wrong !== undefined) return noLine(wrong);
  if (given.length > worked.length) {
    return "work was called, and its steps were not taken to the end: write yield* before it, or it does nothing.";
  }
  if (isHungUpOn) {
    return worked.length === 0
      ? `The handler ended before a line came, and its socket with it. ${ANSWERS}`
      : "The handler ended, and its socket with it, although the client was there. Look at what follows the work: what says that there is a next line?";
  }
  return worked.length === 0
    ? `No line has arrived. These connections begin with active false: nothing comes until the handler asks for it, the first line included. ${ANSWERS}`
    : `After the first line none came. "once" is one message, a number is that many, and then the socket is passive until it is asked again. It does not ask for itself. ${ANSWERS}`;
}

function noLine(given: unknown): string {
  return `work was given ${format(given)}, which is no line. The line is the data in ["tcp", socket, data], and the second part of the ["ok", data] that recv answers; ["error", reason] has none.`;
}

test("every line is worked on, in order", () => {
  const seen = day();
  expect(
    seen.worked.slice(0, LINES.length),
    says(
      "Every line is worked on, in the order in which it was sent.",
      seen,
      missing(seen),
    ),
  ).toEqual(LINES);
});

test("no line waits in the mailbox while another is worked on", () => {
  const seen = day();
  expect(
    Math.max(...seen.waiting),
    says(
      "While one line is worked on, the next waits outside, not in the mailbox.",
      seen,
      "Lines came into the mailbox during the work, and with a faster client there would be more and more. A socket that is active sends whatever has come. Look at when the next line is asked for, before the work or after it, and at how many are asked for.",
    ),
  ).toBe(0);
  expect(
    seen.atOnce,
    says(
      "While one line is worked on, no other is taken.",
      seen,
      `${seen.atOnce} lines were worked on at once. Work that is given to a process of its own is not done when the next line is asked for: the handler has to take the steps of work itself.`,
    ),
  ).toBe(1);
});

test("the handler ends when its client has left", () => {
  const seen = day();
  const wrong = seen.given.find((one) => !isBytes(one));
  expect(
    seen.hasEnded && wrong === undefined,
    says(
      "When the client has left, the handler ends.",
      seen,
      wrong === undefined
        ? "It waits for ever. A closed socket does not end its owner, it only tells it: with tcp_closed, or with an error from recv. Look at what the handler does then. A message that lies unread is one that no clause has named."
        : noLine(wrong),
    ),
  ).toBe(true);
});
