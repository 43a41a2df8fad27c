import { expect, test } from "vitest";
import {
  genServer,
  getState,
  type Pid,
  type Process,
  processes,
  processInfo,
  type Self,
  type Server,
  type Step,
} from "#runtime";
import { close, connect, ok, recv, type Socket, send } from "#runtime/net";
import { simulate } from "#runtime/testing";
import { type Chat, chat } from "./chat.ts";
import { validator } from "./validator.ts";
import { decode } from "./wire.ts";

const PORT = 9527;

function simulated(body: (self: Self<never>) => Process): void {
  simulate(body, { schedules: 3 });
}

function* open(self: Self<never>, mostClients?: number): Step<Server<Chat>> {
  yield* genServer.start(self, validator, [], { name: "validator" });
  const limit = mostClients === undefined ? {} : { mostClients };
  const around = { validatorNode: self.node, print: () => {} };
  const options = { port: PORT, ...around, ...limit };
  const started = yield* genServer.start(self, chat, [options]);
  return started[1] as Server<Chat>;
}

function* knock(self: Self<never>): Step<Socket> {
  const passive = { packet: 2, active: false } as const;
  return ok(yield* connect(self, "127.0.0.1", PORT, passive));
}

/** What a client is told next; the reason if it is told no more. */
function* hear(self: Self<never>, socket: Socket): Step<string> {
  const result = yield* recv(self, socket, 0);
  return result[0] === "ok" ? `${decode(result[1])}` : result[1];
}

function* enter(self: Self<never>, name: string): Step<Socket> {
  const socket = yield* knock(self);
  yield* send(self, socket, name);
  expect(yield* hear(self, socket)).toBe(`ok,${name}`);
  return socket;
}

/** Hears all that comes, and keeps the lines. */
function listen(self: Self<never>, name: string, lines: string[]): void {
  self.spawn(function* listener(self: Self<never>): Process {
    const socket = yield* enter(self, name);
    for (let line = ""; line !== "closed"; lines.push(line)) {
      line = yield* hear(self, socket);
    }
  });
}

test("beyond the limit nobody gets in, named or not, until somebody goes", () => {
  const heard: string[] = [];
  simulated(function* main(self) {
    heard.length = 0;
    const server = yield* open(self, 2);
    const silent = yield* knock(self);
    yield* enter(self, "Annabel");
    const third = yield* knock(self);
    heard.push(yield* hear(self, third));
    close(self, silent);
    yield* self.sleep(10);
    yield* enter(self, "Johannes");
    heard.push(`${yield* genServer.call(self, server, "port")}`);
  });
  expect(heard).toEqual(["closed", `${PORT}`]);
});

test("who does not read is shown out, and the others hear that he left", () => {
  simulated(function* main(self) {
    yield* open(self);
    const lines: string[] = [];
    listen(self, "Johannes", lines);
    yield* self.sleep(10);
    const deaf = yield* enter(self, "Deafened");
    const talker = yield* enter(self, "Annabel");
    for (let i = 0; i < 600; i++) {
      yield* send(self, talker, `${i} ${"x".repeat(1_000)}`);
      yield* hear(self, talker);
    }
    yield* self.sleep(10);
    expect(lines.filter((line) => line.endsWith(" left"))).toEqual([
      "msg,Deafened left",
    ]);
    // What he was sent before is there, and no more than that.
    let read = 0;
    while ((yield* hear(self, deaf)) !== "closed") read++;
    expect(read).toBeLessThan(400);
    const numbers = lines.flatMap((line) => line.match(/: (\d+) /)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: 600 }, (_, i) => `${i}`));
  });
});

test("all may talk at once, as fast as they can, and nobody is shown out", () => {
  simulate(
    function* main(self: Self<never>) {
      yield* open(self);
      const heard = Array.from({ length: 40 }, () => [] as string[]);
      for (const [i, lines] of heard.entries()) {
        self.spawn(function* chatterbox(self: Self<never>): Process {
          const socket = yield* enter(self, `Chatter${i}`);
          // So that all are in.
          yield* self.sleep(100);
          for (let n = 0; n < 20; n++) yield* send(self, socket, `${n}`);
          while (lines.length < 800) {
            const line = yield* hear(self, socket);
            if (line === "closed") return;
            if (line.includes(": ")) lines.push(line);
          }
        });
      }
      yield* self.sleep(1_000);
      expect(heard.map((lines) => lines.length)).toEqual(heard.map(() => 800));
    },
    { seed: 0 },
  );
});

test("who talks faster than it can be passed on waits, and fills nobody's mailbox", () => {
  simulated(function* main(self) {
    const server = yield* open(self);
    const { manager } = (yield* getState(self, server)) as { manager: Pid };
    const lines: string[] = [];
    self.spawn(function* fast(self: Self<never>): Process {
      const socket = yield* enter(self, "Annabel");
      for (let i = 0; i < 500; i++) yield* send(self, socket, `${i}`);
      while (lines.length < 500) lines.push(yield* hear(self, socket));
    });
    let most = 0;
    while (lines.length < 500) {
      yield* self.yield();
      for (const pid of [manager, ...processes()]) {
        most = Math.max(most, processInfo(pid)?.messageQueueLength ?? 0);
      }
    }
    expect(lines).toEqual(
      Array.from({ length: 500 }, (_, i) => `msg,Annabel: ${i}`),
    );
    expect(most).toBeLessThan(10);
  });
});
