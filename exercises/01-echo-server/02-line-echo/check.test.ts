import { expect, test } from "vitest";
import { after, format, type Process, type Self, type Step } from "#runtime";
import { close, connect, send, type TcpMessage } from "#runtime/net";
import { type Run, SimulationError, simulate } from "#runtime/testing";
import { server } from "./exercise.ts";

const PORT = 9527;

type ClientSelf = Self<TcpMessage>;

/** What a client says, in pieces, and how long it stays, in milliseconds. */
interface Client {
  readonly says: readonly string[];
  readonly arrivesAtMs?: number;
  readonly leavesAtMs: number;
}

/** What became of the clients. */
interface Visit {
  /** All that each client heard, put together. */
  readonly heard: readonly string[];
  /** Whether the server closed the connection of a client. */
  readonly hungUp: readonly boolean[];
  readonly story: string;
}

/** Lets clients talk to the server, a piece every 10 ms. */
function visit(clients: readonly Client[]): Visit {
  const heard = clients.map(() => "");
  const hungUp = clients.map(() => false);
  const log: string[] = [];
  const note = (index: number, text: string) =>
    log.push(`  client ${index + 1} ${text}`);

  function* listenFor(me: ClientSelf, index: number, ms: number): Step<void> {
    const got = yield* me.receive(
      {
        tcp: (_, data) => new TextDecoder().decode(data),
        tcp_closed: () => "closed" as const,
      },
      after(ms, () => undefined),
    );
    if (got === undefined) return;
    if (got === "closed") hungUp[index] = true;
    else heard[index] += got;
    note(index, got === "closed" ? "is hung up on" : `hears ${format(got)}`);
    yield* me.sleep(ms);
    yield* listenFor(me, index, 0);
  }

  function* client(me: ClientSelf, index: number): Process {
    const { says, arrivesAtMs = 0, leavesAtMs } = clients[index] as Client;
    yield* me.sleep(arrivesAtMs);
    const result = yield* connect(me, "127.0.0.1", PORT);
    if (result[0] === "error") {
      note(index, `cannot connect: ${format(result[1])}`);
      return;
    }
    note(index, "connects");
    yield* listenFor(me, index, 10);
    for (const piece of says) {
      note(index, `says ${format(piece)}`);
      yield* send(me, result[1], piece);
      yield* listenFor(me, index, 10);
    }
    yield* me.sleep(leavesAtMs - arrivesAtMs - 10 * (says.length + 1));
    close(me, result[1]);
    note(index, "leaves");
  }

  const told = ({ reports }: Run): Visit => {
    const [crash] = reports;
    const thrown =
      crash?.kind === "crash"
        ? `\n  ${crash.label} threw, and nobody caught it: ${format(crash.reason)}`
        : "";
    return { heard, hungUp, story: log.slice(0, 24).join("\n") + thrown };
  };
  const body = function* town(self: Self<never>): Process {
    self.spawn(server, PORT);
    yield* self.sleep(1);
    for (const index of clients.keys()) self.spawn(client, index);
    yield* self.sleep(1_000);
  };
  try {
    return told(simulate(body, { seed: 0, maxReductions: 5_000 }));
  } catch (error) {
    // Busy without end: that too is an answer, and the checks judge it.
    if (error instanceof SimulationError) return told(error.run);
    throw error;
  }
}

/** What a failing check says: the rule, the talk, and where to look. */
function says(rule: string, { story }: Visit, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${look}\n\nIn short`;
}

test("a line comes back reversed, with its end at the end", () => {
  const seen = visit([{ says: ["hello\n"], leavesAtMs: 50 }]);
  expect(
    seen.heard[0],
    says(
      "A line is answered with its letters in reverse and one line end.",
      seen,
      'The "\\n" is part of what a socket with packet "line" gives: unlike a header it is not taken off. Take it off before the letters are turned around, and put one at the end of the answer.',
    ),
  ).toBe("olleh\n");
});

test("a line that comes in two pieces is one line", () => {
  const seen = visit([{ says: ["hel", "lo\n"], leavesAtMs: 80 }]);
  expect(
    seen.heard[0],
    says(
      "A line ends at its line end, in however many pieces it comes.",
      seen,
      "A piece was taken for a line. TCP carries bytes, not messages, and one send is not one message. Look at the packet option: it says where a message ends, and the socket puts the pieces together.",
    ),
  ).toBe("olleh\n");
});

test("two lines that come in one piece are two lines", () => {
  const seen = visit([{ says: ["one\ntwo\n"], leavesAtMs: 50 }]);
  expect(
    seen.heard[0],
    says(
      "Two lines are answered one by one, also if they come together.",
      seen,
      "What came together was answered together. Look at the packet option: with lines, the socket gives one line at a time.",
    ),
  ).toBe("eno\nowt\n");
});

test("quit closes the connection, without an answer", () => {
  const seen = visit([{ says: ["one\n", "quit\n"], leavesAtMs: 200 }]);
  expect(
    seen.heard[0],
    says(
      'The line "quit" is not answered.',
      seen,
      'It was answered like any other line. Is it compared with its line end taken off? And is it asked for before the answer goes out? To hang up is the answer to "quit".',
    ),
  ).toBe("eno\n");
  expect(
    seen.hungUp[0],
    says(
      'The line "quit" closes the connection.',
      seen,
      "The client still waits. A socket is closed by close, or by the end of the process that owns it.",
    ),
  ).toBe(true);
});

test("the others go on when one has quit", () => {
  const seen = visit([
    { says: ["quit\n"], leavesAtMs: 200 },
    { says: ["a\n", "b\n", "cd\n"], leavesAtMs: 200 },
    { says: ["late\n"], arrivesAtMs: 60, leavesAtMs: 200 },
  ]);
  expect(
    seen.heard.slice(1),
    says(
      "One client's quit is nothing to the others, those to come included.",
      seen,
      "Somebody else was cut off. A listening socket and a connection are two sockets: which one is closed when one client quits?",
    ),
  ).toEqual(["a\nb\ndc\n", "etal\n"]);
});
