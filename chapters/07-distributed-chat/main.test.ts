import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import {
  format,
  genServer,
  getState,
  type Pid,
  type Process,
  type Report,
  type Self,
  type TraceEvent,
} from "#runtime";
import { memoryTransport } from "#runtime/distribution";
import { connect, ok, recv, send } from "#runtime/net";
import { recording, simulate } from "#runtime/testing";
import { chat } from "./chat.ts";
import type { FromKeyboard } from "./client.ts";
import { eavesdrop, type Overheard } from "./eavesdrop.ts";
import { enter, evening, joining, open } from "./evening.ts";
import { digest, inLines, messagesIn } from "./handshake.ts";
import { allowed, calls } from "./rpc.ts";
import { inWords, plain, rowsOf } from "./screen.ts";
import { caller, odd } from "./told-apart.ts";
import { type Guest, guest } from "./two-nodes.ts";
import { verdict } from "./validator.ts";
import { verify } from "./verify.ts";
import { decode } from "./wire.ts";

const here = import.meta.dirname;

function simulated(
  body: (self: Self<never>, print: (line: string) => void) => Process,
  seed = 0,
): {
  lines: string[];
  reports: readonly Report[];
  trace: readonly TraceEvent[];
} {
  const lines: string[] = [];
  const main = function* main(self: Self<never>): Process {
    return body(self, (line) => void lines.push(line));
  };
  const { reports, trace } = simulate(main, { seed });
  return { lines, reports, trace };
}

/** The story of a page, played on two nodes that share a memory. */
async function between(
  body: (
    self: Self<never>,
    node: string,
    print: (l: string) => void,
  ) => Process,
  there: (self: Self<never>) => Process,
): Promise<string> {
  const lines: string[] = [];
  const transport = memoryTransport();
  const options = { transport, allow: allowed };
  const nodes: Guest[] = [];
  try {
    for (const name of ["chat@127.0.0.1", "validator@127.0.0.1"]) {
      nodes.push(await guest(name, options));
    }
    const [one, other] = nodes as [Guest, Guest];
    await other.run(there);
    await one.run((self) =>
      body(self, other.name, (line) => void lines.push(line)),
    );
  } finally {
    for (const node of nodes) node.stop();
  }
  return `${lines.join("\n")}\n`;
}

test("a name has 6 to 20 characters, whatever their bytes", () => {
  const verdicts = [
    "",
    "Max",
    "Makiror",
    "你好",
    "加加加加加加",
    "x".repeat(21),
  ];
  expect(verdicts.map((name) => verdict(name)[0])).toEqual([
    "error",
    "error",
    "ok",
    "error",
    "ok",
    "error",
  ]);
  expect(verdict(new Uint8Array([0xff]))).toEqual([
    "error",
    "A name must be UTF-8.",
  ]);
});

/** The lines of one person, in their order. */
function of(name: string, lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith(`${name} `));
}

test("an evening goes as the page says, under every schedule", async () => {
  const { lines, reports } = simulated(evening);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("evening.out");
  expect(reports.length).toBe(0);
  for (let seed = 1; seed <= 30; seed++) {
    const other = simulated(evening, seed).lines;
    for (const name of ["Annabel", "Johannes", "Jo"]) {
      expect(of(name, other), `seed ${seed}`).toEqual(of(name, lines));
    }
  }
});

/** What is said between Annabel and those who are asked about her. */
function talk(trace: readonly TraceEvent[]): TraceEvent[] {
  const stage = trace[0]?.kind === "spawn" ? trace[0].pid : undefined;
  const shown = new Set<unknown>([undefined]);
  const isCast = (label: string) =>
    ["validator", "clients", "acceptor", "client"].includes(label);
  let isOn = false;
  return trace.flatMap((event): TraceEvent[] => {
    if (event.kind === "spawn") {
      // The acceptor after hers waits for somebody else.
      if (isOn || !isCast(event.label)) return [];
      isOn = event.label === "client";
      shown.add(event.pid);
      return [{ ...event, parent: undefined }];
    }
    if (!isOn) return [];
    if (event.kind === "receive") return shown.has(event.pid) ? [event] : [];
    if (event.kind !== "send") return [];
    const from = event.from === stage ? undefined : event.from;
    const isHers = shown.has(from) && shown.has(event.to);
    return isHers ? [{ ...event, from }] : [];
  });
}

test("the diagram is drawn from a run", async () => {
  const { trace } = simulated(joining);
  const shown = recording(talk(trace));
  const json = `${JSON.stringify(shown, null, 1)}\n`;
  await expect(json).toMatchFileSnapshot("joining.trace.json");
});

test("a name that is taken is refused, and free again when its owner has gone", () => {
  const { lines } = simulated(function* main(self, print) {
    const { port } = yield* open(self, () => {});
    const first = enter(self, "Annabel", port, print);
    yield* self.sleep(10);
    enter(self, "Annabel", port, (line) => print(`second ${line}`));
    yield* self.sleep(10);
    self.sendExit(first, "kill");
    yield* self.sleep(10);
    enter(self, "Annabel", port, (line) => print(`third ${line}`));
    yield* self.sleep(10);
  });
  expect(lines).toEqual([
    "Annabel joined: Annabel",
    "second Annabel refused: That name is taken.",
    "third Annabel joined: Annabel",
  ]);
});

test("bytes that are no text are refused as a name and not sent on", () => {
  const told: unknown[] = [];
  simulated(function* main(self) {
    const { port } = yield* open(self, () => {});
    const options = { packet: 2, active: false } as const;
    const hear = function* (name: Uint8Array | string, text?: Uint8Array) {
      const socket = ok(yield* connect(self, "127.0.0.1", port, options));
      yield* send(self, socket, name);
      told.push(decode(ok(yield* recv(self, socket, 0))));
      if (text === undefined) return;
      yield* send(self, socket, text);
      told.push(decode(ok(yield* recv(self, socket, 0))));
    };
    yield* hear(new Uint8Array([0xff, 0xfe]));
    yield* hear("Annabel", new Uint8Array([0xff]));
    yield* hear("Johannes", new Uint8Array(65_001));
  });
  expect(told).toEqual([
    ["auth_failed", "A name must be UTF-8."],
    ["ok", "Annabel"],
    ["msg", "(That was not sent on.)"],
    ["ok", "Johannes"],
    ["msg", "(That was not sent on.)"],
  ]);
});

test("without its manager the chat ends, and with it all clients", () => {
  const { lines, reports } = simulated(function* main(self, print) {
    const { chat } = yield* open(self, () => {});
    enter(self, "Annabel", 9527, print);
    yield* self.sleep(10);
    const { manager } = (yield* getState(self, chat)) as { manager: Pid };
    self.sendExit(manager, "kill");
    yield* self.sleep(10);
  });
  expect(lines).toEqual([
    "Annabel joined: Annabel",
    "Annabel waiting: the chat has gone 500",
  ]);
  expect(reports.length).toBeGreaterThan(0);
});

test("without a validator there is no chat", () => {
  const { lines } = simulated(function* main(self, print) {
    const options = { port: 9527, validatorNode: self.node, print };
    print(format(yield* genServer.start(self, chat, [options])));
  });
  expect(lines).toEqual(['["error", ["validator", "no server"]]']);
});

test("a client waits twice as long each time, and gives back what it cannot send", () => {
  const { lines } = simulated(function* main(self, print) {
    const ann = enter(self, "Annabel", 9527, print);
    yield* self.sleep(1_600);
    self.send(ann, ["say", "hello?"]);
    yield* open(self, () => {});
    yield* self.sleep(2_000);
    self.send(ann, "quit");
    yield* self.sleep(10);
  });
  expect(lines).toEqual([
    "Annabel waiting: nobody answers on 9527 500",
    "Annabel waiting: nobody answers on 9527 1000",
    "Annabel waiting: nobody answers on 9527 2000",
    "Annabel unsent: hello?",
    "Annabel joined: Annabel",
    "Annabel bye: ",
  ]);
});

test("a good-bye waits behind what was typed before, also during the login", () => {
  const typing = (name: string, isOpen: boolean, ...typed: FromKeyboard[]) =>
    simulated(function* main(self, print) {
      if (isOpen) yield* open(self, () => {});
      if (isOpen) enter(self, "Johannes", 9527, print);
      yield* self.sleep(10);
      const pid = enter(self, name, 9527, print);
      for (const one of typed) self.send(pid, one);
      yield* self.sleep(100);
    }).lines.filter((line) => !line.startsWith("Johannes joined"));
  const hello: FromKeyboard = ["say", "hello"];
  const lines = typing("Annabel", true, hello, "quit");
  expect(lines).toContain("Johannes heard: Annabel: hello");
  expect(of("Annabel", lines)).toEqual([
    "Annabel joined: Annabel",
    "Annabel heard: Annabel: hello",
    "Annabel bye: ",
  ]);
  expect(typing("Annabel", true, hello, "quit", "quit")).toContain(
    "Annabel bye: ",
  );
  expect(typing("Jo", true, hello, "quit")).toEqual([
    "Jo refused: A name must have 6 to 20 characters.",
    "Jo unsent: hello",
    "Jo bye: ",
  ]);
  expect(typing("Annabel", false, hello, "quit")).toEqual([
    "Annabel waiting: nobody answers on 9527 500",
    "Annabel unsent: hello",
    "Annabel bye: ",
  ]);
});

test("the callers of another node are told what the page says", async () => {
  const printed = await between(caller, function* start(self) {
    yield* genServer.start(self, odd, [], { name: "odd" });
  });
  await expect(printed).toMatchFileSnapshot("told-apart.out");
});

test("rpc answers what the page says", async () => {
  const printed = await between(calls, function* nothing() {});
  await expect(printed).toMatchFileSnapshot("rpc.out");
});

const recorded: Overheard[] = JSON.parse(
  readFileSync(join(here, "handshake.recording.json"), "utf8"),
);

test("the recorded handshake is shown byte by byte, and its proofs are right", async () => {
  const messages = messagesIn(recorded);
  const lines = messages.flatMap(inLines);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("handshake.out");
  const field = (message: number, at: number) =>
    messages[message]?.fields[at]?.[0] ?? "";
  expect(field(3, 3)).toBe(digest("rores", field(2, 3)));
  expect(field(4, 2)).toBe(digest("rores", field(3, 2)));
});

test("two nodes here shake hands like that; the cookie is not on the wire, the text is", async () => {
  const overheard: Overheard[] = [];
  const tapped = eavesdrop(memoryTransport(), (one) => overheard.push(one));
  const nodes = [
    await guest("chat@127.0.0.1", { transport: tapped }),
    await guest("validator@127.0.0.1", { transport: tapped }),
  ];
  await nodes[0]?.run(function* main(self) {
    yield* verify(self, "validator@127.0.0.1", "Makiror");
  });
  for (const node of nodes) node.stop();
  const shape = (all: readonly Overheard[]) =>
    messagesIn(all).map(({ from, fields }) => [
      from,
      ...fields.map(([hex, meaning]) => `${hex.length} ${meaning}`),
    ]);
  expect(shape(overheard)).toEqual(shape(recorded));
  const bytes = Buffer.from(overheard.map(({ hex }) => hex).join(""), "hex");
  expect(bytes.includes("rores")).toBe(false);
  expect(bytes.includes("Makiror")).toBe(true);
});

test("the screen shows names in colours, and no orders to the terminal", () => {
  const paint = (colour: number, text: string) => `<${colour} ${text}>`;
  const shown = (text: string) => inWords(["heard", text], paint);
  expect(shown("Annabel: hi")).toBe("<36 Annabel>: hi");
  expect(shown("Annabel joined")).toBe("<2 Annabel joined>");
  expect(shown("Annabel: \x1b[2Jhi")).not.toContain("\x1b");
  expect(shown("Annabel: \u202ehi")).toBe(shown("Annabel:  hi"));
  for (const kind of ["joined", "refused", "unsent"] as const) {
    const spoilt = inWords([kind, "a\x1b[2J\x9b\u202e\u2066b"], paint);
    expect(spoilt).toContain("a [2J   b");
  }
  expect(plain("👩\u200d🚀 می\u200cخواهم")).toBe("👩\u200d🚀 می\u200cخواهم");
  expect(inWords(["waiting", "nobody", 500], paint)).toBe(
    "<2 No chat: nobody. Next try in 0.5 s.>",
  );
});

test("a line that is typed takes as many rows as readline says", () => {
  expect(rowsOf("> hello", 40)).toBe(1);
  expect(rowsOf("x".repeat(39), 40)).toBe(1);
  expect(rowsOf("x".repeat(40), 40)).toBe(2);
  expect(rowsOf("好".repeat(20), 40)).toBe(2);
  // The twentieth does not fit behind the prompt's odd column.
  expect(rowsOf(`>${"好".repeat(19)}`, 40)).toBe(1);
  expect(rowsOf(`>${"好".repeat(20)}`, 40)).toBe(2);
  expect(rowsOf("x".repeat(400), Number.POSITIVE_INFINITY)).toBe(1);
  const output = Object.assign(new PassThrough(), { columns: 40 });
  const input = new PassThrough();
  const lines = createInterface({ input, output, terminal: true, prompt: "" });
  for (const letter of [
    "x",
    "é",
    "e\u0301",
    "好",
    "ｱ",
    "Ａ",
    "。",
    "한",
    "🚀",
    "\t",
    "…",
  ]) {
    for (let n = 1; n <= 130; n++) {
      const text = `> ${n % 2 ? "x" : ""}${letter.repeat(n)}`;
      lines.setPrompt(text);
      const { rows } = lines.getCursorPos();
      expect(rowsOf(text, 40), `${n} times ${letter}`).toBe(rows + 1);
    }
  }
  lines.close();
});
