import { expect, test } from "vitest";
import {
  after,
  format,
  type Pid,
  type Process,
  type Self,
  type Step,
} from "#runtime";
import {
  close,
  connect,
  listen,
  ok,
  send,
  type TcpMessage,
} from "#runtime/net";
import { type Run, trial } from "#runtime/testing";
import { acceptor } from "./exercise.ts";

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
  /** How many processes the server has at that moment. */
  processesAt(ms: number): number;
  readonly story: string;
}

/** Lets clients talk to the server, a piece every 10 ms. */
function visit(clients: readonly Client[]): Visit {
  const heard = clients.map(() => "");
  const hungUp = clients.map(() => false);
  let acceptorPid: Pid | undefined;
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
    acceptorPid = self.spawn(acceptor, listening);
    yield* self.sleep(1);
    for (const index of clients.keys()) self.spawn(client, index);
    yield* self.sleep(1_000);
  };
  const { reports, trace } = trial(body, { seed: 0, maxReductions: 5_000 });
  const [crash] = reports;
  const thrown =
    crash?.kind === "crash"
      ? `\n  ${crash.label} threw, and nobody caught it: ${format(crash.reason)}`
      : "";
  return {
    heard,
    hungUp,
    processesAt: (ms) =>
      living(
        trace.filter(({ atMs }) => atMs < ms),
        acceptorPid,
      ),
    story: log.slice(0, 24).join("\n") + thrown,
  };
}

/** How many of a process and its descendants live at the end of a trace. */
function living(trace: Run["trace"], ancestor: Pid | undefined): number {
  const pids = new Set([ancestor]);
  const alive = new Set([ancestor]);
  for (const event of trace) {
    if (event.kind === "spawn" && pids.has(event.parent)) {
      pids.add(event.pid);
      alive.add(event.pid);
    }
    if (event.kind === "exit") alive.delete(event.pid);
  }
  return alive.size;
}

/** What a failing check says: the rule, the talk, and where to look. */
function says(rule: string, { story }: Visit, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${look}\n\nIn short`;
}

/** Why a client heard nothing: each way looks different from outside. */
function silence({ hungUp }: Visit, index: number): string {
  return hungUp[index]
    ? "The server hung up before it answered. A socket is closed by close, whoever calls it, and when its owner ends, even if another process knows it: the owner is the process that accepted. Either it stays, or it hands the socket over, and then it leaves it alone."
    : "The connection is open and nobody answers. The messages of a socket go to its owner, the process that accepted, whoever else holds it; and only the owner can give it away. Who owns it here, and does that process read?";
}

test("what a client says comes back to it", () => {
  const seen = visit([{ says: ["one\n", "two\n"], leavesAtMs: 80 }]);
  expect(
    seen.heard[0],
    says("What a client says comes back to it.", seen, silence(seen, 0)),
  ).toBe("one\ntwo\n");
});

test("a second client is answered while the first is there", () => {
  const seen = visit([
    { says: ["first\n"], leavesAtMs: 900 },
    { says: ["second\n"], arrivesAtMs: 30, leavesAtMs: 200 },
    { says: ["third\n"], arrivesAtMs: 30, leavesAtMs: 200 },
  ]);
  expect(
    seen.heard,
    says(
      "Everybody is answered, however long the first client stays.",
      seen,
      "The server is deaf: a client is connected and nobody accepts it. One accept takes one connection. Somebody has to be in accept again, on the listening socket, while the first client is served, and that takes two processes.",
    ),
  ).toEqual(["first\n", "second\n", "third\n"]);
});

test("a client that leaves takes nobody with it", () => {
  const seen = visit([
    { says: ["first\n"], leavesAtMs: 30 },
    { says: ["a\n", "b\n", "c\n", "d\n"], leavesAtMs: 200 },
    { says: ["late\n"], arrivesAtMs: 60, leavesAtMs: 200 },
  ]);
  expect(
    seen.heard,
    says(
      "When one client leaves, the others stay, and new ones can come.",
      seen,
      "After the first client had left, somebody was not answered any more. The end of one conversation closes one socket. Look at what else ends or is closed there.",
    ),
  ).toEqual(["first\n", "a\nb\nc\nd\n", "late\n"]);
});

test("a client that has left leaves no process behind", () => {
  const seen = visit([
    { says: ["a\n"], leavesAtMs: 60 },
    { says: ["b\n"], leavesAtMs: 60 },
    { says: ["c\n"], arrivesAtMs: 100, leavesAtMs: 160 },
  ]);
  // Not before anybody came: what serves them all may be made for the first.
  const before = seen.processesAt(90);
  const afterwards = seen.processesAt(1_000);
  expect(
    afterwards,
    says(
      "When a client has left, the server has no more processes than before.",
      seen,
      `Before the last client came it had ${before}, and afterwards it has ${afterwards}. A process that has served its client is done, and ends when serve does. If it goes back to accept, though another accepts in its place already, there is one more after every client.`,
    ),
  ).toBeLessThanOrEqual(before);
});
