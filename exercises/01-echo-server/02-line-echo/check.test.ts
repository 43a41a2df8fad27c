import { expect, test } from "vitest";
import {
  after,
  format,
  type Pid,
  type Process,
  type Self,
  type Step,
} from "#runtime";
import { close, connect, send, type TcpMessage } from "#runtime/net";
import { mishapIn, type Run, trial } from "#runtime/testing";
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
  /** How many processes the server has at that moment. */
  processesAt(ms: number): number;
  /** What broke in the server, if anything did. */
  readonly mistake: string | undefined;
  readonly story: string;
}

/** Lets clients talk to the server, a piece every 10 ms. */
function visit(clients: readonly Client[]): Visit {
  const heard = clients.map(() => "");
  const hungUp = clients.map(() => false);
  let serverPid: Pid | undefined;
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
    serverPid = self.spawn(server, PORT);
    yield* self.sleep(1);
    for (const index of clients.keys()) self.spawn(client, index);
    yield* self.sleep(1_000);
  };
  const run = trial(body, { seed: 0, maxReductions: 5_000 });
  const processesAt = (ms: number) =>
    living(
      run.trace.filter(({ atMs }) => atMs < ms),
      serverPid,
    );
  const [crash] = run.reports;
  const thrown =
    crash?.kind === "crash"
      ? `\n  ${crash.label} threw, and nobody caught it: ${format(crash.reason)}`
      : "";
  const story = log.slice(0, 24).join("\n") + thrown;
  const mistake = mishapIn(run)?.message;
  return { heard, hungUp, processesAt, mistake, story };
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

/** Why a line was not answered as it should be. */
function notReversed({ heard: [heard = ""], hungUp: [hungUp] }: Visit): string {
  if (heard === "") {
    return hungUp
      ? 'The server hung up on this line. Is the line that is for "quit" done for every other as well? And with which packet does the server listen? With 1, 2 or 4 the first bytes are taken for a length.'
      : "Nothing came back, and the connection is open. Does the process that owns the socket wait for the line, and does the socket send what comes (active)?";
  }
  if (/^[\d,\n]+$/.test(heard)) {
    return "These are numbers: what comes are bytes, and String or toString write each as a number. A TextDecoder makes letters of them.";
  }
  if (heard === "olleh\n\n") {
    return 'There is one line end too many. Split at "\\n", "hello\\n" gives "hello" and an empty piece: what stands behind the last line end is the beginning of the next line, and no line. Look at what is answered, and how often.';
  }
  if (heard.replace(/\s/g, "") === "olleh") {
    return 'The line end came along with the letters: with packet 0 and with packet "line" the "\\n" is part of what a socket gives. Take it off before the letters are turned around, and put one at the end of the answer.';
  }
  return "Compare what was heard with the line, letter for letter. All of its letters come back, the last one first; only the line end stays where it is.";
}

test("a line comes back reversed, with its end at the end", () => {
  const seen = visit([{ says: ["hello\n"], leavesAtMs: 50 }]);
  expect(
    seen.heard[0],
    says(
      "A line is answered with its letters in reverse and one line end.",
      seen,
      notReversed(seen),
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
      "A piece was taken for a line. TCP carries bytes, not messages, and one send is not one message. Look at the packet option: it says where a message ends, and the socket puts the pieces together. It stands by its name among the options of listen; an option with another name is none.",
    ),
  ).toBe("olleh\n");
  const both = visit([
    { says: ["hel", "lo\n"], leavesAtMs: 80 },
    { says: ["wor", "ld\n"], leavesAtMs: 80 },
  ]);
  expect(
    both.heard,
    says(
      "A line is made of what one client has sent.",
      both,
      "Pieces of two clients were put together. A variable outside the bodies is one for all of them. A socket with the right packet option keeps the pieces of its own connection, and nobody else has to.",
    ),
  ).toEqual(["olleh\n", "dlrow\n"]);
});

test("two lines that come in one piece are two lines", () => {
  const seen = visit([{ says: ["one\ntwo\n"], leavesAtMs: 50 }]);
  expect(
    seen.heard[0],
    says(
      "Two lines are answered one by one, also if they come together.",
      seen,
      seen.heard[0] === "eno\n"
        ? "The second line was not answered. Who has answered one line waits for the next, and a socket that is not active sends nothing before it is asked."
        : "What came together was answered together. Look at the packet option: with lines, the socket gives one line at a time.",
    ),
  ).toBe("eno\nowt\n");
});

test("quit closes the connection, without an answer", () => {
  const seen = visit([
    { says: ["one\n", "quit\n"], leavesAtMs: 200 },
    { says: ["quit\n"], arrivesAtMs: 300, leavesAtMs: 400 },
  ]);
  expect(
    seen.heard[0],
    says(
      'The line "quit" is not answered.',
      seen,
      seen.heard[0]?.includes("tiuq")
        ? 'It was answered like any other line. Is it compared with its line end taken off, and letter for letter? And is it asked for before the answer goes out? To hang up is the answer to "quit".'
        : 'Something else was heard than the answer to "one". To hang up is the answer to "quit"; nothing is said before it.',
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
  expect(
    seen.mistake,
    says(
      'The line "quit" closes the connection, and nothing breaks.',
      seen,
      "The connection was closed by an accident: the process that owns it threw, and its socket ended with it.",
    ),
  ).toBeUndefined();
  // Of the second: what serves all of them may be made for the first.
  const isLeft = seen.processesAt(1_000) > seen.processesAt(250);
  expect(
    isLeft ? "still there" : "ended",
    says(
      'With the line "quit" the conversation is over, and its process ends.',
      seen,
      "The connection is closed, and its process has not ended. close does not end it, and from a socket that it has closed nothing will ever come. Return after close.",
    ),
  ).toBe("ended");
});

test("a line with quit in it is a line like any other", () => {
  const seen = visit([
    { says: ["quite\n", "I quit\n", " quit \n"], leavesAtMs: 200 },
  ]);
  const [heard = ""] = seen.heard;
  // Hung up on the last line, or all is well but for its spaces.
  const isTrimmed =
    (seen.hungUp[0] && heard === "etiuq\ntiuq I\n") ||
    /^etiuq\ntiuq I\n ?tiuq ?\n$/.test(heard);
  expect(
    seen.heard[0],
    says(
      'Only the line that says "quit" and nothing else closes the connection; any other is answered.',
      seen,
      isTrimmed
        ? 'The spaces in " quit " were not taken for letters. trim and trimEnd take off every blank at an end, and not only the line end: what is left is another line than the one that was said.'
        : seen.hungUp[0]
          ? 'The server hung up on a line that says more. Is the whole line compared with "quit", or only looked for it?'
          : "A line was answered wrongly. Compare what was said with what was heard.",
    ),
  ).toBe("etiuq\ntiuq I\n tiuq \n");
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
      seen.story.includes("cannot connect") || seen.hungUp[1] || seen.hungUp[2]
        ? "Somebody else was cut off. A listening socket and a connection are two sockets: which one is closed when one client quits?"
        : seen.heard.slice(1).includes("")
          ? "Somebody else was connected, and nobody answered. One accept takes one connection: the next client needs an acceptor of its own, which is spawned before this one serves."
          : "Somebody else was answered wrongly. Compare what was said with what was heard.",
    ),
  ).toEqual(["a\nb\ndc\n", "etal\n"]);
});
