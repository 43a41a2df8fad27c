import { describe, expect, test } from "vitest";
import {
  type Pid,
  type Process,
  processInfo,
  type Self,
  type Step,
} from "#runtime";
import {
  accept,
  close,
  connect,
  listen,
  ok,
  recv,
  type Socket,
  send,
} from "./index.ts";
import { type TestMessage, worlds } from "./worlds.ts";

type TestSelf = Self<TestMessage>;

const localhost = "127.0.0.1";
const chunk = new Uint8Array(16 * 1024);
/** More than any system's socket buffers hold. */
const TOTAL_BYTES = 32 * 1024 * 1024;

/** How far a sender has come. */
interface Progress {
  sentBytes: number;
}

/** Connects and sends until all is sent; says how it ended. */
function* sender(
  self: TestSelf,
  port: number,
  progress: Progress,
  boss: Pid<TestMessage>,
): Process {
  const socket = ok(yield* connect(self, localhost, port, { active: false }));
  let result: unknown = "ok";
  while (result === "ok" && progress.sentBytes < TOTAL_BYTES) {
    result = yield* send(self, socket, chunk);
    if (result === "ok") progress.sentBytes += chunk.length;
  }
  self.send(boss, ["note", result]);
  yield* self.receive({ note: () => {} });
}

/** Waits until the sender waits and has not come further for 200 turns. */
function* stalled(
  self: TestSelf,
  sending: Pid,
  progress: Progress,
): Step<number> {
  for (let unchanged = 0, seen = -1; unchanged < 200; unchanged++) {
    if (seen !== progress.sentBytes) unchanged = 0;
    if (processInfo(sending)?.status !== "waiting") unchanged = 0;
    seen = progress.sentBytes;
    yield* self.sleep(0);
  }
  return progress.sentBytes;
}

/** A listener, a sender that has come as far as it can, and this end of it. */
function* stalledPair(self: TestSelf) {
  const listening = ok(yield* listen(self, 0, { active: false }));
  const progress: Progress = { sentBytes: 0 };
  const sending = self.spawn(sender, listening.port, progress, self.pid);
  const near = ok(yield* accept(self, listening));
  const sentBytes = yield* stalled(self, sending, progress);
  return { near, sending, progress, sentBytes };
}

function* readAll(self: TestSelf, socket: Socket, bytes: number) {
  let got = 0;
  while (got < bytes) got += ok(yield* recv(self, socket, 0)).length;
  return got;
}

for (const [name, world] of worlds) {
  const inMemory = name.startsWith("in memory");
  if (name.includes("schedules")) continue;
  describe(name, () => {
    test("a sender comes to a halt while nobody reads, and goes on when somebody does", () =>
      world(function* main(self: TestSelf): Process {
        const { near, sentBytes } = yield* stalledPair(self);
        expect(sentBytes).toBeLessThan(TOTAL_BYTES / 2);
        if (inMemory) expect(sentBytes).toBe(64 * 1024);
        expect(yield* readAll(self, near, TOTAL_BYTES)).toBe(TOTAL_BYTES);
        expect(yield* self.receive({ note: (result) => result })).toBe("ok");
      }));

    test("a sender that waits is told when the other side closes", () =>
      world(function* main(self: TestSelf): Process {
        const { near } = yield* stalledPair(self);
        close(self, near);
        const result = yield* self.receive({ note: (what) => what });
        expect(result).toEqual(["error", "closed"]);
      }));

    test("a sender killed while it waits leaves what it sent, and the end", () =>
      world(function* main(self: TestSelf): Process {
        const { near, sending, sentBytes } = yield* stalledPair(self);
        self.sendExit(sending, "kill");
        expect(yield* readAll(self, near, sentBytes)).toBeGreaterThanOrEqual(
          sentBytes,
        );
        let last: unknown = "ok";
        while (last === "ok") [last] = yield* recv(self, near, 0);
        expect(yield* recv(self, near, 0)).toEqual(["error", "closed"]);
      }));

    test("many senders of one socket pile up no more than one does", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0, { active: false }));
        const progress: Progress = { sentBytes: 0 };
        const far = ok(yield* connect(self, localhost, listening.port));
        const near = ok(yield* accept(self, listening));
        const senders = Array.from({ length: 20 }, () =>
          self.spawn(function* sending(me: TestSelf): Process {
            while ((yield* send(me, far, chunk)) === "ok") {
              progress.sentBytes += chunk.length;
            }
          }),
        );
        yield* stalled(self, senders[0] as Pid, progress);
        for (const pid of senders) self.sendExit(pid, "kill");
        close(self, far);
        let got = 0;
        for (;;) {
          const result = yield* recv(self, near, 0);
          if (result[0] === "error") break;
          got += result[1].length;
        }
        const unanswered = got - progress.sentBytes;
        expect(unanswered).toBeLessThanOrEqual(chunk.length);
      }));

    test("a process whose calls never have to wait leaves the others their turn", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        close(self, listening);
        self.spawn(function* busy(me: TestSelf): Process {
          for (;;) yield* accept(me, listening);
        });
        self.spawn(function* patient(me: TestSelf): Process {
          me.send(self.pid, ["note", "my turn"]);
        });
        const what = yield* self.receive({ note: (text) => text });
        expect(what).toBe("my turn");
      }));
  });
}
