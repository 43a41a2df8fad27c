import { describe, expect, test } from "vitest";
import {
  matching,
  type Pid,
  type Process,
  processInfo,
  type Ref,
  type Self,
  type Step,
} from "#runtime";
import {
  accept,
  close,
  connect,
  controllingProcess,
  type ListenSocket,
  listen,
  ok,
  recv,
  type Socket,
  send,
} from "./index.ts";
import { type TestMessage, worlds } from "./worlds.ts";

type TestSelf = Self<TestMessage>;

const text = (data: Uint8Array) => new TextDecoder().decode(data);
const error = (reason: string) => ["error", reason];
const localhost = "127.0.0.1";

/** Waits until the watched process has ended. */
function* downOf(self: TestSelf, watch: Ref): Step<void> {
  yield* self.receive(matching(watch, { DOWN: () => {} }));
}

/** Waits until a process is in a `recv`. */
function* untilItWaits(self: TestSelf, pid: Pid): Step<void> {
  while (processInfo(pid)?.status !== "waiting") yield* self.yield();
}

for (const [name, world] of worlds) {
  describe(name, () => {
    for (const how of ["returns", "is killed"] as const) {
      test(`a socket closes when its owner ${how}`, () =>
        world(function* main(self: TestSelf): Process {
          const listening = ok(yield* listen(self, 0));
          const owner = self.spawn(function* owner(me: TestSelf): Process {
            ok(yield* accept(me, listening));
            me.send(self.pid, ["note"]);
            yield* me.receive({ note: () => {} });
          });
          const far = ok(yield* connect(self, localhost, listening.port));
          yield* self.receive({ note: () => {} });
          if (how === "returns") self.send(owner, ["note"]);
          else self.sendExit(owner, "kill");
          const closed = yield* self.receive({
            tcp_closed: (socket) => socket,
          });
          expect(closed).toBe(far);
        }));

      test(`a listening socket closes when its owner ${how}, and its connections stay`, () =>
        world(function* main(self: TestSelf): Process {
          const owner = self.spawn(function* owner(me: TestSelf): Process {
            const listening = ok(yield* listen(me, 0, { active: false }));
            me.send(self.pid, ["note", listening]);
            yield* me.receive({ note: () => {} });
          });
          const watch = self.monitor(owner);
          const listening = yield* self.receive({
            note: (socket) => socket as ListenSocket,
          });
          const { port } = listening;
          const far = ok(yield* connect(self, localhost, port));
          const near = ok(yield* accept(self, listening));
          if (how === "returns") self.send(owner, ["note"]);
          else self.sendExit(owner, "kill");
          yield* downOf(self, watch);
          expect(yield* connect(self, localhost, port)).toEqual(
            error("econnrefused"),
          );
          expect(yield* accept(self, listening)).toEqual(error("closed"));
          yield* send(self, far, "still here");
          expect(text(ok(yield* recv(self, near, 10)))).toBe("still here");
        }));
    }

    test("only the owner gives a socket away, and not to the dead", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        const far = ok(yield* connect(self, localhost, listening.port));
        self.spawn(function* other(me: TestSelf): Process {
          expect(controllingProcess(me, far, self.pid), "his already").toBe(
            "ok",
          );
          me.send(self.pid, ["note", controllingProcess(me, far, me.pid)]);
        });
        expect(yield* self.receive({ note: (result) => result })).toEqual(
          error("not_owner"),
        );
        const [dead, ref] = self.spawnMonitor(function* shortLived() {});
        yield* downOf(self, ref);
        expect(controllingProcess(self, far, dead)).toEqual(error("badarg"));
        expect(controllingProcess(self, far, self.pid)).toBe("ok");
        close(self, far);
        expect(controllingProcess(self, far, self.pid)).toEqual(
          error("closed"),
        );
      }));

    test("a new owner gets the messages that came before it was one, in order", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0, { packet: "line" }));
        const far = ok(yield* connect(self, localhost, listening.port));
        const near = ok(yield* accept(self, listening));
        const heir = self.spawn(function* heir(me: TestSelf): Process {
          const lines: string[] = [];
          while (lines.length < 4) {
            lines.push(yield* me.receive({ tcp: (_, data) => text(data) }));
          }
          yield* me.receive({ tcp_closed: () => {} });
          me.send(self.pid, ["note", lines]);
        });
        self.send(self.pid, ["note", "mine"]);
        yield* send(self, far, "one\ntwo\nthree\n");
        while (processInfo(self.pid)?.messageQueueLength !== 4) {
          yield* self.yield();
        }
        expect(controllingProcess(self, near, heir)).toBe("ok");
        expect(processInfo(self.pid)?.messages).toEqual([["note", "mine"]]);
        yield* send(self, far, "four\n");
        close(self, far);
        yield* self.receive({ note: () => {} });
        const lines = yield* self.receive({ note: (all) => all });
        expect(lines).toEqual(["one\n", "two\n", "three\n", "four\n"]);
      }));

    test("a socket that was given away outlives its first owner", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0, { active: false }));
        const [, ref] = self.spawnMonitor(function* acceptor(
          me: TestSelf,
        ): Process {
          const socket = ok(yield* accept(me, listening));
          expect(controllingProcess(me, socket, self.pid)).toBe("ok");
          me.send(self.pid, ["note", socket]);
        });
        const far = ok(yield* connect(self, localhost, listening.port));
        const near = yield* self.receive({
          note: (socket) => socket as Socket,
        });
        yield* downOf(self, ref);
        yield* send(self, far, "hello");
        expect(text(ok(yield* recv(self, near, 5)))).toBe("hello");
      }));

    test("a process killed in recv leaves the data to the next one", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0, { active: false }));
        const far = ok(yield* connect(self, localhost, listening.port));
        const near = ok(yield* accept(self, listening));
        const [first, ref] = self.spawnMonitor(function* reader(
          me: TestSelf,
        ): Process {
          yield* recv(me, near, 0);
        });
        yield* untilItWaits(self, first);
        self.sendExit(first, "kill");
        yield* downOf(self, ref);
        yield* send(self, far, "for the next");
        expect(text(ok(yield* recv(self, near, 12)))).toBe("for the next");
      }));

    test("closing a socket ends the recv that waits on it", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0, { active: false }));
        ok(yield* connect(self, localhost, listening.port));
        const near = ok(yield* accept(self, listening));
        const reader = self.spawn(function* reader(me: TestSelf): Process {
          me.send(self.pid, ["note", yield* recv(me, near, 0)]);
        });
        yield* untilItWaits(self, reader);
        close(self, near);
        expect(yield* self.receive({ note: (result) => result })).toEqual(
          error("closed"),
        );
      }));
  });
}
