import { once } from "node:events";
import { connect as dial, type Socket as NodeSocket } from "node:net";
import { expect, test } from "vitest";
import { createNode, type Process, type Self, type TraceEvent } from "#runtime";
import {
  connect,
  type ListenSocket,
  listen,
  ok,
  send,
  type TcpMessage,
} from "#runtime/net";
import { recording, simulate } from "#runtime/testing";
import { type FromKeyboard, terminal } from "./client.ts";
import { brittle, deaf } from "./deaf.ts";
import { acceptor, asText, type Print, server } from "./echo.ts";
import { handingOver, hoarding, orphaning, starter } from "./orphan.ts";

type Acceptor = (
  self: Self<TcpMessage>,
  listening: ListenSocket,
  print: Print,
) => Process;

/** Says `text` to the server, waits for as much to come back, and leaves. */
function* client(self: Self<TcpMessage>, port: number, text: string) {
  const socket = ok(yield* connect(self, "127.0.0.1", port));
  yield* send(self, socket, text);
  yield* self.receive({ tcp: () => {} });
}

function conversation(texts: readonly string[]) {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const run = simulate(
    function* main(self: Self<never>): Process {
      const echo = self.spawn(server, 9527, print, () => {});
      yield* self.sleep(1);
      for (const text of texts) self.spawn(client, 9527, text);
      yield* self.sleep(1);
      self.send(echo, "stop");
      yield* self.sleep(1);
    },
    { seed: 0 },
  );
  return { lines, run };
}

/** Leaves out the process that only sets up the scene: it is the outside. */
function withoutStage(trace: readonly TraceEvent[]): TraceEvent[] {
  const stage = trace[0]?.kind === "spawn" ? trace[0].pid : undefined;
  return trace.flatMap((event): TraceEvent[] => {
    if ("pid" in event && event.pid === stage) return [];
    if (event.kind === "spawn" && event.parent === stage) {
      return [{ ...event, parent: undefined }];
    }
    if (event.kind === "send" && event.from === stage) {
      return [{ ...event, from: undefined }];
    }
    return [event];
  });
}

test("two clients are printed as the page shows", async () => {
  const { lines } = conversation(["hello\n", "good day\n"]);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("main.out");
});

test("the diagram is drawn from a run", async () => {
  const { trace } = conversation(["hi"]).run;
  const json = `${JSON.stringify(recording(withoutStage(trace)), null, 1)}\n`;
  await expect(json).toMatchFileSnapshot("echo.trace.json");
});

test("the terminal client prints the answers, and leaves after the last", () => {
  const lines: string[] = [];
  const run = simulate(function* main(self: Self<never>): Process {
    self.spawn(
      server,
      9527,
      () => {},
      () => {},
    );
    yield* self.sleep(1);
    const keyboard = self.spawn(terminal, 9527, (line) => lines.push(line));
    for (const text of ["one", "two"]) {
      self.send(keyboard, ["line", text] satisfies FromKeyboard);
      yield* self.sleep(1);
    }
    self.send(keyboard, "end");
    yield* self.sleep(1_000);
  });
  expect(lines.slice(1)).toEqual(["one", "two"]);
  expect(run.trace.filter(({ kind }) => kind === "exit")).toHaveLength(3);
});

test("a client that leaves at once makes the article's acceptor deaf", () => {
  const accepted = (body: Acceptor) => {
    const lines: string[] = [];
    const { reports } = simulate(
      function* main(self: Self<never>): Process {
        const listening = ok(yield* listen(self, 9527));
        self.spawn(function* hasty(me: Self<TcpMessage>): Process {
          ok(yield* connect(me, "127.0.0.1", 9527));
        });
        yield* self.sleep(1);
        self.spawn(body, listening, (line) => lines.push(line));
        yield* self.sleep(1);
        self.spawn(client, 9527, "hello");
        yield* self.sleep(1);
      },
      { seed: 0 },
    );
    return { crashes: reports.length, served: lines.length > 0 };
  };
  expect(accepted(brittle)).toEqual({ crashes: 1, served: false });
  expect(accepted(acceptor)).toEqual({ crashes: 0, served: true });
});

/** A node in real time, a real port, and an acceptor for it. */
async function serving(body: Acceptor, use: (port: number) => Promise<void>) {
  const node = createNode({ logger: () => {} });
  const lines: string[] = [];
  try {
    const port = await new Promise<number>((resolve) => {
      node.spawn(function* owner(self: Self<never>): Process {
        const listening = ok(yield* listen(self, 0));
        self.spawn(body, listening, (line) => lines.push(line));
        resolve(listening.port);
        yield* self.receive();
      });
    });
    await use(port);
  } finally {
    node.stop();
  }
  return lines;
}

async function dialled(port: number): Promise<NodeSocket> {
  const socket = dial(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** What comes back for `text`; `closed` if the server hangs up instead. */
async function echoOf(socket: NodeSocket, text: string): Promise<string> {
  const answer = new Promise<string>((resolve) => {
    socket.once("data", (data) => resolve(`${data}`));
    socket.once("close", () => resolve("closed"));
  });
  socket.write(text);
  return answer;
}

for (const body of [acceptor, handingOver]) {
  test(`${body.name} serves two clients at once over real sockets`, async () => {
    const lines = await serving(body, async (port) => {
      const [one, two] = [await dialled(port), await dialled(port)];
      expect(await echoOf(two, "second")).toBe("second");
      expect(await echoOf(one, "first")).toBe("first");
      expect(await echoOf(two, "again")).toBe("again");
      one.destroy();
      two.destroy();
    });
    expect(lines).toContain('Got a new message: "again"');
  });
}

test("the server prints whose port it is: the client's", async () => {
  let local = 0;
  const lines = await serving(acceptor, async (port) => {
    const socket = await dialled(port);
    local = socket.localPort ?? 0;
    await echoOf(socket, "hello");
    socket.destroy();
  });
  expect(lines[0]).toBe(`New connection: 127.0.0.1:${local}`);
});

test("the deaf acceptor leaves a second client without an answer until the first has gone", async () => {
  const lines = await serving(deaf, async (port) => {
    const [one, two] = [await dialled(port), await dialled(port)];
    const second = echoOf(two, "second");
    expect(await echoOf(one, "first")).toBe("first");
    expect(await echoOf(one, "more")).toBe("more");
    one.destroy();
    expect(await second).toBe("second");
    two.destroy();
  });
  expect(lines).toEqual([
    'Got a new message: "first"',
    'Got a new message: "more"',
    'Got a new message: "second"',
  ]);
});

test("an orphan's socket is closed before it has answered", async () => {
  const lines = await serving(orphaning, async (port) => {
    expect(await echoOf(await dialled(port), "hello")).toBe("closed");
  });
  expect(lines).toEqual([]);
});

test("without a handover the acceptor hoards what its handlers wait for", () => {
  const lines: string[] = [];
  const { trace } = simulate(function* main(self: Self<never>): Process {
    const listening = ok(yield* listen(self, 9527));
    self.spawn(hoarding, listening, (line) => lines.push(line));
    self.spawn(client, 9527, "hello");
    yield* self.sleep(10);
  });
  expect(lines).toEqual([]);
  const hoarder = trace.flatMap((event) =>
    event.kind === "spawn" && event.label === "hoarding" ? `${event.pid}` : [],
  );
  const receivers = trace.flatMap((event) =>
    event.kind === "deliver" && (event.message as TcpMessage)[0] === "tcp"
      ? `${event.to}`
      : [],
  );
  expect(receivers).toEqual(hoarder);
});

test("a listening socket closes with the process that opened it", () => {
  let result: unknown;
  simulate(function* main(self: Self<TcpMessage>): Process {
    self.spawn(starter, 9527, () => {});
    yield* self.sleep(1);
    result = yield* connect(self, "127.0.0.1", 9527);
  });
  expect(result).toEqual(["error", "econnrefused"]);
});

test("bytes are shown as text, quoted", () => {
  expect(asText(new Uint8Array([104, 105, 10]))).toBe('"hi\\n"');
});
