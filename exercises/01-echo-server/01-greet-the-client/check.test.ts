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
import { trial } from "#runtime/testing";
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

  const body = function* town(self: Self<never>): Process {
    const listening = ok(yield* listen(self, PORT));
    self.spawn(acceptor, listening);
    yield* self.sleep(1);
    for (const index of clients.keys()) self.spawn(client, index);
    yield* self.sleep(1_000);
  };
  const { reports } = trial(body, { seed: 0, maxReductions: 5_000 });
  const [crash] = reports;
  const thrown =
    crash?.kind === "crash"
      ? `\n  ${crash.label} threw, and nobody caught it: ${format(crash.reason)}`
      : "";
  return { heard, hungUp, story: log.slice(0, 24).join("\n") + thrown };
}

/** What a failing check says: the rule, the talk, and where to look. */
function says(rule: string, { story }: Visit, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${look}\n\nIn short`;
}

/** What it means that a client is hung up on. */
const ENDED =
  "The server hung up: the process that owns the socket ended, and the socket with it.";

test("a client that says nothing is greeted", () => {
  const seen = visit([{ says: [], leavesAtMs: 50 }]);
  expect(
    seen.heard[0],
    says(
      "A client is greeted when it has connected, before it says anything.",
      seen,
      seen.heard[0] === ""
        ? "Nothing was heard. A server may speak first; it need not be spoken to. Look at what happens between accept and the first receive, and whether it goes out through send, on the socket that accept gave for this client."
        : "What was heard is not the greeting. Compare it with GREETING: it is sent as it stands, once, and nothing else.",
    ),
  ).toBe(GREETING);
});

test("what the client says comes back after the greeting", () => {
  const seen = visit([{ says: ["hello\n", "again\n"], leavesAtMs: 80 }]);
  const heard = seen.heard[0] ?? "";
  const isEchoing = heard.includes("again\n");
  expect(
    heard.includes("hello\n"),
    says(
      "What the client says comes back, from the first message on.",
      seen,
      isEchoing
        ? "The first message was swallowed. The greeting is no answer to it: it goes out by itself, and the message is still to be echoed."
        : seen.hungUp[0]
          ? `${ENDED} After the greeting it goes on with echo.`
          : "Nobody echoes. The messages of a socket go to its owner, the process that accepted, whoever else knows it. Is that the process that echoes?",
    ),
  ).toBe(true);
  expect(
    heard.startsWith(GREETING),
    says(
      "The greeting comes before the echo.",
      seen,
      heard.includes(GREETING)
        ? "Look at the order in which the two are sent."
        : "This client was not greeted at all, and the one of the check before was. A variable outside the body is one for all clients: what it remembers of the first holds for the rest.",
    ),
  ).toBe(true);
});

test("a client is greeted once", () => {
  const seen = visit([{ says: ["one\n", "two\n"], leavesAtMs: 80 }]);
  const greetings = (seen.heard[0] ?? "").split(GREETING).length - 1;
  expect(
    seen.heard[0],
    says(
      "A client is greeted once, however much it says.",
      seen,
      greetings > 1
        ? "It was greeted again. A body that calls itself begins at its first line each time, so what stands there is done for every message. The greeting belongs before the round that repeats."
        : seen.hungUp[0]
          ? `${ENDED} echo goes on by returning its next round, and only who returns it goes on: a yield* takes one round and drops the rest.`
          : "It was greeted once, and the echo is not what it said. Compare what it says with what it hears.",
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
      seen.heard.includes("")
        ? "Somebody was connected and heard nothing: nobody accepted it. One accept takes one connection. The next client needs an acceptor of its own, which is spawned before this one serves."
        : "One client was not greeted like the other. Each client has a process of its own, begun by an acceptor of its own: what is to be done for each of them must stand in the body that all acceptors run.",
    ),
  ).toEqual([`${GREETING}one\n`, `${GREETING}two\n`]);
});
