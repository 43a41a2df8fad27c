import { expect, test } from "vitest";
import { after, format, type Process, type Self, type Step } from "#runtime";
import {
  close,
  connect,
  listen,
  ok,
  send,
  type TcpMessage,
} from "#runtime/net";
import { type Run, SimulationError, simulate } from "#runtime/testing";
import { acceptor, GREETING } from "./exercise.ts";

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
    const listening = ok(yield* listen(self, PORT));
    self.spawn(acceptor, listening);
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

test("a client that says nothing is greeted", () => {
  const seen = visit([{ says: [], leavesAtMs: 50 }]);
  expect(
    seen.heard[0],
    says(
      "A client is greeted when it has connected, before it says anything.",
      seen,
      seen.story.includes("threw")
        ? "A process threw before the greeting was out. A call that may wait, such as send, does nothing until its step is taken with yield*."
        : "Nothing was heard. A server may speak first; it need not be spoken to. Look at what happens between accept and the first receive, and whether it goes out through send on the socket.",
    ),
  ).toBe(GREETING);
});

test("what the client says comes back after the greeting", () => {
  const seen = visit([{ says: ["hello\n"], leavesAtMs: 50 }]);
  expect(
    seen.heard[0]?.includes("hello\n"),
    says(
      "What the client says comes back, from the first message on.",
      seen,
      "The first message was swallowed. The greeting is no answer to it: it goes out by itself, and the message is still to be echoed.",
    ),
  ).toBe(true);
  expect(
    seen.heard[0]?.startsWith(GREETING),
    says(
      "The greeting comes before the echo.",
      seen,
      "Look at the order in which the two are sent.",
    ),
  ).toBe(true);
});

test("a client is greeted once", () => {
  const seen = visit([{ says: ["one\n", "two\n"], leavesAtMs: 80 }]);
  expect(
    seen.heard[0],
    says(
      "A client is greeted once, however much it says.",
      seen,
      "It was greeted again. A body that calls itself begins at its first line each time, so what stands there is done for every message. The greeting belongs before the round that repeats.",
    ),
  ).toBe(`${GREETING}one\ntwo\n`);
});

test("every client is greeted", () => {
  const seen = visit([
    { says: ["one\n"], leavesAtMs: 80 },
    { says: ["two\n"], leavesAtMs: 80 },
  ]);
  expect(
    seen.heard,
    says(
      "Every client is greeted by the process that serves it.",
      seen,
      "The second client was not greeted like the first. Each client has a process of its own, begun by an acceptor of its own: what is to be done for each of them must stand in the body that all acceptors run.",
    ),
  ).toEqual([`${GREETING}one\n`, `${GREETING}two\n`]);
});
