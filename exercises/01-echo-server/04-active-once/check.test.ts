import { expect, test } from "vitest";
import {
  format,
  type Pid,
  type Process,
  processInfo,
  type Self,
} from "#runtime";
import { connect, listen, ok, send, type TcpMessage } from "#runtime/net";
import { type Run, SimulationError, simulate } from "#runtime/testing";
import { acceptor, type Work } from "./exercise.ts";

const PORT = 9527;
const WORK_MS = 100;
const LINES = ["one", "two", "three", "four", "five"];

function isLine(message: unknown): boolean {
  return (message as TcpMessage)[0] === "tcp";
}

/** What became of the lines that an impatient client sent. */
interface Day {
  readonly worked: readonly string[];
  /** How many lines waited in the handler's mailbox during its work. */
  readonly waiting: readonly number[];
  readonly hasEnded: boolean;
  readonly story: string;
}

/** A client sends all its lines at once, and the handler works on each. */
function day(): Day {
  const worked: string[] = [];
  const waiting: number[] = [];
  const log: string[] = [];
  let handler: Pid | undefined;

  const work: Work = function* work(self, bytes) {
    const line = new TextDecoder().decode(bytes).trimEnd();
    handler = self.pid;
    yield* self.sleep(WORK_MS);
    const mailbox = processInfo(self.pid)?.messages ?? [];
    const count = mailbox.filter((message) => isLine(message)).length;
    worked.push(line);
    waiting.push(count);
    log.push(`  the handler has worked on ${format(line)}; waiting: ${count}`);
  };

  function* client(me: Self<TcpMessage>): Process {
    const socket = ok(yield* connect(me, "127.0.0.1", PORT));
    for (const line of LINES) yield* send(me, socket, `${line}\n`);
    log.push(`  the client has sent ${LINES.length} lines`);
    yield* me.sleep(2_000);
    log.push("  the client leaves");
  }

  const told = ({ reports, trace }: Run): Day => {
    const [crash] = reports;
    if (crash?.kind === "crash") {
      log.push(`  ${crash.label} threw: ${format(crash.reason)}`);
    }
    const hasEnded = trace.some(
      (event) => event.kind === "exit" && event.pid === handler,
    );
    if (handler) log.push(`  the handler ${hasEnded ? "ends" : "still waits"}`);
    return { worked, waiting, hasEnded, story: log.slice(0, 24).join("\n") };
  };
  const body = function* office(self: Self<never>): Process {
    const options = { packet: "line", active: false } as const;
    const listening = ok(yield* listen(self, PORT, options));
    self.spawn(acceptor, listening, work);
    self.spawn(client);
    yield* self.sleep(5_000);
  };
  try {
    return told(simulate(body, { seed: 0, maxReductions: 5_000 }));
  } catch (error) {
    // Busy without end: that too is an answer, and the checks judge it.
    if (error instanceof SimulationError) return told(error.run);
    throw error;
  }
}

/** What a failing check says: the rule, the day, and where to look. */
function says(rule: string, { story }: Day, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${look}\n\nIn short`;
}

test("every line is worked on, in order", () => {
  const seen = day();
  expect(
    seen.worked,
    says(
      "Every line is worked on, in the order in which it was sent.",
      seen,
      seen.worked.length === 0
        ? "No line has arrived. These connections begin with active false: nothing comes until the handler asks for it, the first line included."
        : 'After the first line none came. "once" is one message, and after it the socket is passive until it is asked again. It does not ask for itself.',
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
});

test("the handler ends when its client has left", () => {
  const seen = day();
  expect(
    seen.hasEnded,
    says(
      "When the client has left, the handler ends.",
      seen,
      "It waits for ever. A closed socket does not end its owner, it only tells it: with tcp_closed, or with an error from recv. Look at what the handler does then.",
    ),
  ).toBe(true);
});
