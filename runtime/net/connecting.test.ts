import { describe, expect, test } from "vitest";
import {
  matching,
  type Pid,
  type Process,
  type Ref,
  RuntimeError,
  type Self,
  type Step,
} from "#runtime";
import {
  accept,
  close,
  connect,
  type ListenSocket,
  listen,
  ok,
  peername,
  recv,
  SocketError,
  send,
  setopts,
} from "./index.ts";
import { type TestMessage, worlds } from "./worlds.ts";

type TestSelf = Self<TestMessage>;

const error = (reason: string) => ["error", reason];
const localhost = "127.0.0.1";

/** Waits in accept and says what came of it. */
function* acceptor(
  self: TestSelf,
  listening: ListenSocket,
  who: string,
  boss: Pid<TestMessage>,
): Process {
  self.send(boss, ["note", "waiting"]);
  const [result] = yield* accept(self, listening);
  self.send(boss, ["note", `${who} ${result}`]);
  yield* self.receive({ note: () => {} });
}

function* note(self: TestSelf): Step<unknown> {
  return yield* self.receive({ note: (what) => what });
}

function* downOf(self: TestSelf, watch: Ref): Step<void> {
  yield* self.receive(matching(watch, { DOWN: () => {} }));
}

/** What `run` throws. */
function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (thrown) {
    return thrown;
  }
}

for (const [name, world] of worlds) {
  describe(name, () => {
    test("a taken port is eaddrinuse, and ok says what to do", () =>
      world(function* main(self: TestSelf): Process {
        const { port } = ok(yield* listen(self, 0));
        const second = yield* listen(self, port);
        expect(second).toEqual(error("eaddrinuse"));
        const thrown = thrownBy(() => ok(second));
        expect(thrown).toBeInstanceOf(SocketError);
        expect(thrown).toMatchObject({
          code: "eaddrinuse",
          message: `Port ${port} on 127.0.0.1 is taken. Stop the other program, or choose another port.`,
        });
      }));

    test("a port is free again as soon as its socket is closed", () =>
      world(function* main(self: TestSelf): Process {
        const first = ok(yield* listen(self, 0));
        close(self, first);
        const second = ok(yield* listen(self, first.port));
        expect(second.port).toBe(first.port);
        expect(second).not.toBe(first);
      }));

    test("a connection to a port where nobody listens is refused", () =>
      world(function* main(self: TestSelf): Process {
        const { port, ...listening } = ok(yield* listen(self, 0));
        const closing = ok(yield* listen(self, 0));
        close(self, closing);
        const refused = yield* connect(self, localhost, closing.port);
        expect(refused).toEqual(error("econnrefused"));
        expect(thrownBy(() => ok(refused))).toMatchObject({
          message: `Nobody listens on port ${closing.port} on 127.0.0.1. Start the server first, or correct the port.`,
        });
        expect(listening.host).toBe(localhost);
        expect(port).not.toBe(closing.port);
      }));

    test("an option that is none is a badarg, and setopts answers einval", () =>
      world(function* main(self: TestSelf): Process {
        const misspelt = { packets: "line" } as never;
        for (const [open, name] of [
          [() => listen(self, 0, misspelt), "listen"],
          [() => connect(self, localhost, 1, misspelt), "connect"],
          [() => listen(self, 0, "line" as never), "listen"],
        ] as const) {
          let thrown: unknown;
          try {
            yield* open();
          } catch (caught) {
            thrown = caught;
          }
          expect(thrown).toMatchObject({
            code: "badarg",
            message: expect.stringMatching(
              `^${name}: there is no option "(packets|line)". There are packet, active`,
            ),
          });
        }
        const listening = ok(yield* listen(self, 0));
        const far = ok(yield* connect(self, localhost, listening.port));
        const changed = setopts(self, far, { activ: "once" } as never);
        expect(changed).toEqual(error("einval"));
        expect(thrownBy(() => close(self, self as never))).toMatchObject({
          message: expect.stringContaining("spawn gives a body its self"),
        });
      }));

    test("localhost is 127.0.0.1, and both ends know the other's place", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        const far = ok(yield* connect(self, "localhost", listening.port));
        const near = ok(yield* accept(self, listening));
        expect(peername(far)).toEqual(["ok", [localhost, listening.port]]);
        const [address, port] = ok(peername(near));
        expect(address).toBe(localhost);
        expect(port).toBeGreaterThan(0);
        close(self, near);
        expect(peername(near)).toEqual(error("einval"));
        expect(`${near}`).toMatch(/^#Port<\d+\.\d+>$/);
      }));

    test("the process that has waited longest in accept is served first", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        for (const who of ["first", "second", "third"]) {
          self.spawn(acceptor, listening, who, self.pid);
          expect(yield* note(self)).toBe("waiting");
          yield* turns(self);
        }
        for (const who of ["first", "second", "third"]) {
          ok(yield* connect(self, localhost, listening.port));
          expect(yield* note(self)).toBe(`${who} ok`);
        }
      }));

    test("an acceptor that has died is passed over", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        const [dead, ref] = self.spawnMonitor(
          acceptor,
          listening,
          "dead",
          self.pid,
        );
        expect(yield* note(self)).toBe("waiting");
        yield* turns(self);
        self.spawn(acceptor, listening, "alive", self.pid);
        expect(yield* note(self)).toBe("waiting");
        yield* turns(self);
        self.sendExit(dead, "kill");
        yield* downOf(self, ref);
        ok(yield* connect(self, localhost, listening.port));
        expect(yield* note(self)).toBe("alive ok");
      }));

    test("an accept that runs out of time misses no connection", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        expect(yield* accept(self, listening, 1)).toEqual(error("timeout"));
        const far = ok(yield* connect(self, localhost, listening.port));
        const near = ok(yield* accept(self, listening));
        close(self, near);
        const closed = yield* self.receive({ tcp_closed: (socket) => socket });
        expect(closed).toBe(far);
      }));

    test("a client that was gone before it was accepted still has been heard", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0, { active: false }));
        const far = ok(yield* connect(self, localhost, listening.port));
        yield* send(self, far, "short visit");
        close(self, far);
        const near = ok(yield* accept(self, listening));
        const data = ok(yield* recv(self, near, 11));
        expect(new TextDecoder().decode(data)).toBe("short visit");
        expect(yield* recv(self, near, 0)).toEqual(error("closed"));
      }));

    test("closing a listening socket tells those who wait in accept", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        self.spawn(acceptor, listening, "one", self.pid);
        yield* note(self);
        yield* turns(self);
        close(self, listening);
        expect(yield* note(self)).toBe("one error");
        expect(yield* accept(self, listening)).toEqual(error("closed"));
      }));

    test("a listening socket neither sends nor receives", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        const wrong = listening as never;
        expect(yield* send(self, wrong, "x")).toEqual(error("enotconn"));
        expect(yield* recv(self, wrong, 0)).toEqual(error("enotconn"));
        const far = ok(yield* connect(self, localhost, listening.port));
        expect(yield* accept(self, far as never)).toEqual(error("einval"));
      }));

    test("many clients are each answered by a process of their own", () =>
      world(function* main(self: TestSelf): Process {
        const options = { active: false, packet: "line" } as const;
        const listening = ok(yield* listen(self, 0, options));
        const count = name.includes("schedules") ? 20 : 200;
        for (let i = 0; i < count; i++) {
          self.spawn(function* server(me: TestSelf): Process {
            const socket = ok(yield* accept(me, listening));
            yield* send(me, socket, ok(yield* recv(me, socket, 0)));
          });
          self.spawn(function* client(me: TestSelf): Process {
            const { port } = listening;
            const socket = ok(yield* connect(me, localhost, port, options));
            yield* send(me, socket, `client ${i}\n`);
            const line = ok(yield* recv(me, socket, 0));
            expect(yield* recv(me, socket, 0)).toEqual(error("closed"));
            me.send(self.pid, ["note", new TextDecoder().decode(line)]);
          });
        }
        const answers = new Set<unknown>();
        while (answers.size < count) answers.add(yield* note(self));
        expect(answers).toContain(`client ${count - 1}\n`);
      }));

    test("a call without yield* is noticed, and so is a wrong argument", () =>
      world(function* main(self: TestSelf): Process {
        const listening = ok(yield* listen(self, 0));
        const forgetful = self.spawnMonitor(function* forgetful(me: TestSelf) {
          accept(me, listening);
        });
        const reason = yield* self.receive(
          matching(forgetful[1], { DOWN: (_ref, _type, _pid, why) => why }),
        );
        expect(reason).toBeInstanceOf(RuntimeError);
        expect(reason).toMatchObject({ code: "forgotten_yield" });
        for (const run of [
          () => listen(self, 70_000),
          () => listen(self, 0, { packet: 3 as never }),
          () => listen(self, 0, { active: "twice" as never }),
          () => connect(self, "", 1),
          () => send(self, ["ok", 1] as never, "x"),
          () => recv(self, listening as never, -1),
        ]) {
          let thrown: unknown;
          try {
            yield* run() as Step<unknown>;
          } catch (caught) {
            thrown = caught;
          }
          expect(thrown).toMatchObject({ code: "badarg" });
        }
      }));
  });
}

/** Lets those who are ready go as far as they can. */
function* turns(self: TestSelf): Step<void> {
  for (let i = 0; i < 20; i++) yield* self.yield();
}
