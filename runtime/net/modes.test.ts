import { describe, expect, test } from "vitest";
import { matching, type Process, type Self, type Step } from "#runtime";
import {
  accept,
  close,
  connect,
  type ListenOptions,
  listen,
  ok,
  recv,
  type Socket,
  type SocketOptions,
  send,
  setopts,
} from "./index.ts";
import { onTheMachine, type TestMessage, worlds } from "./worlds.ts";

type TestSelf = Self<TestMessage>;

const text = (data: Uint8Array) => new TextDecoder().decode(data);
const error = (reason: string) => ["error", reason];

/** Two connected sockets of one process: the accepted one and the other. */
function* pair(
  self: TestSelf,
  accepted: ListenOptions,
  connected: SocketOptions = {},
): Step<[near: Socket, far: Socket]> {
  const listening = ok(yield* listen(self, 0, accepted));
  const options = { active: false, ...connected } as const;
  const far = ok(yield* connect(self, "127.0.0.1", listening.port, options));
  return [ok(yield* accept(self, listening)), far];
}

/** The next message of `socket`, its data as text. */
function* next(self: TestSelf, socket: Socket): Step<unknown> {
  return yield* self.receive(
    matching(socket as never, {
      tcp: (_, data) => text(data),
      tcp_closed: () => "closed",
      tcp_error: (_, reason) => ["tcp_error", reason],
      tcp_passive: () => "passive",
    }),
  );
}

/** Data from `socket` until it is `wanted` long: TCP may cut it anywhere. */
function* gather(self: TestSelf, socket: Socket, wanted: number): Step<string> {
  let got = "";
  while (got.length < wanted) got += yield* next(self, socket);
  return got;
}

for (const [name, world] of worlds) {
  describe(name, () => {
    test("an active socket sends its owner all that comes, and the end", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, {});
        expect(yield* send(self, far, "grüße")).toBe("ok");
        expect(yield* send(self, far, Uint8Array.of(33))).toBe("ok");
        expect(yield* gather(self, near, 6)).toBe("grüße!");
        close(self, far);
        expect(yield* next(self, near)).toBe("closed");
        expect(yield* send(self, near, "x")).toEqual(error("closed"));
        expect(yield* recv(self, near, 0)).toEqual(error("closed"));
      }));

    test("data reaches the receiver as a plain Uint8Array that is its own", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: false });
        const data = Uint8Array.of(1, 2, 3);
        yield* send(self, far, data);
        data.fill(9);
        const got = ok(yield* recv(self, near, 3));
        expect(got).toEqual(Uint8Array.of(1, 2, 3));
        expect(got.constructor).toBe(Uint8Array);
      }));

    test("whoever closes a socket hears nothing of it, and the other side does", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, {}, { active: true });
        close(self, near);
        close(self, near);
        const closed = yield* self.receive({ tcp_closed: (socket) => socket });
        expect(closed).toBe(far);
      }));

    test("recv gives exactly as many bytes as asked for, or what is there", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: false });
        yield* send(self, far, "abc");
        yield* send(self, far, "defg");
        expect(text(ok(yield* recv(self, near, 5)))).toBe("abcde");
        expect(text(ok(yield* recv(self, near, 1)))).toBe("f");
        expect(text(ok(yield* recv(self, near, 0)))).toBe("g");
      }));

    test("a recv that runs out of time loses nothing", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: false });
        expect(yield* recv(self, near, 0, 1)).toEqual(error("timeout"));
        yield* send(self, far, "ab");
        expect(yield* recv(self, near, 3, 1)).toEqual(error("timeout"));
        yield* send(self, far, "c");
        expect(text(ok(yield* recv(self, near, 3)))).toBe("abc");
      }));

    test("what was sent before the close is received before it", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: false });
        yield* send(self, far, "last words");
        close(self, far);
        expect(text(ok(yield* recv(self, near, 10)))).toBe("last words");
        expect(yield* recv(self, near, 0)).toEqual(error("closed"));
        expect(yield* recv(self, near, 0)).toEqual(error("closed"));
        expect(yield* send(self, near, "x")).toEqual(error("closed"));
        expect(setopts(self, near, { active: true })).toBe("ok");
        expect(yield* next(self, near)).toBe("closed");
      }));

    test("a recv for more than ever comes is told that the socket is closed", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: false });
        yield* send(self, far, "abc");
        close(self, far);
        expect(yield* recv(self, near, 5)).toEqual(error("closed"));
      }));

    test("an active socket refuses recv, and so does a packet recv with a length", () =>
      world(function* main(self: TestSelf): Process {
        const [near] = yield* pair(self, { packet: 2 });
        expect(yield* recv(self, near, 0)).toEqual(error("einval"));
        setopts(self, near, { active: false });
        expect(yield* recv(self, near, 1)).toEqual(error("einval"));
      }));

    test('a socket that is active "once" sends one message and is passive', () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: "once", packet: 1 });
        for (const word of ["one", "two", "three"]) {
          yield* send(self, far, `${String.fromCharCode(word.length)}${word}`);
        }
        expect(yield* next(self, near)).toBe("one");
        expect(text(ok(yield* recv(self, near, 0)))).toBe("two");
        setopts(self, near, { active: "once" });
        expect(yield* next(self, near)).toBe("three");
        close(self, far);
        expect(yield* recv(self, near, 0)).toEqual(error("closed"));
      }));

    test("a count of messages goes down to 0, where tcp_passive comes", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: 1, packet: "line" });
        expect(setopts(self, near, { active: 2 })).toBe("ok");
        yield* send(self, far, "1\n2\n3\n4\n");
        for (const wanted of ["1\n", "2\n", "3\n", "passive"]) {
          expect(yield* next(self, near)).toBe(wanted);
        }
        expect(text(ok(yield* recv(self, near, 0)))).toBe("4\n");
        setopts(self, near, { active: 5 });
        setopts(self, near, { active: -5 });
        expect(yield* next(self, near)).toBe("passive");
        expect(setopts(self, near, { active: 0 })).toBe("ok");
        expect(yield* next(self, near)).toBe("passive");
      }));

    test("a count of 0 is passive from the start, and says so", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: 0 }, { active: -3 });
        expect(yield* next(self, near)).toBe("passive");
        expect(yield* next(self, far)).toBe("passive");
        yield* send(self, far, "x");
        expect(text(ok(yield* recv(self, near, 1)))).toBe("x");
      }));

    test("a recv that does not wait gives what has come", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: false });
        expect(yield* recv(self, near, 0, 0)).toEqual(error("timeout"));
        // An answer by the same way: what is sent before it has come, too.
        yield* send(self, far, "here");
        yield* send(self, near, "sync");
        yield* recv(self, far, 4);
        let got = "";
        while (got.length < 4) {
          const result = yield* recv(self, near, 0, 0);
          if (result[0] === "ok") got += text(result[1]);
          else expect(result).toEqual(error("timeout"));
          yield* self.yield();
        }
        expect(got).toBe("here");
        expect(yield* recv(self, near, 1, 0)).toEqual(error("timeout"));
        close(self, far);
        while ((yield* recv(self, near, 0, 0))[1] !== "closed") {
          yield* self.yield();
        }
      }));

    test("more than 64 MiB at once is enomem", () =>
      world(function* main(self: TestSelf): Process {
        const [near] = yield* pair(self, { active: false });
        const length = 64 * 1024 * 1024 + 1;
        expect(yield* recv(self, near, length, 0)).toEqual(error("enomem"));
        // What does not fit the socket is told before.
        setopts(self, near, { active: true });
        expect(yield* recv(self, near, length, 0)).toEqual(error("einval"));
        close(self, near);
        expect(yield* recv(self, near, length, 0)).toEqual(error("closed"));
      }));

    test("a call may stand in a clause that is a generator, and wait there", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: "once" });
        yield* send(self, far, "ask");
        const answer = self.receive({
          *tcp(socket) {
            yield* send(self, socket, "answer");
            return text(ok(yield* recv(self, far, 6)));
          },
        });
        expect(yield* answer).toBe("answer");
        expect(yield* recv(self, near, 0, 1)).toEqual(error("timeout"));
      }));

    test("an option that cannot be is einval and changes nothing", () =>
      world(function* main(self: TestSelf): Process {
        const [near, far] = yield* pair(self, { active: 30_000 });
        const set = (options: object) => setopts(self, near, options);
        expect(set({ active: 30_000 })).toEqual(error("einval"));
        expect(set({ active: "twice" })).toEqual(error("einval"));
        expect(set({ packet: 3, active: false })).toEqual(error("einval"));
        expect(set({ active: -32_769 })).toEqual(error("einval"));
        expect(set(null as never)).toEqual(error("einval"));
        yield* send(self, far, "x");
        expect(yield* next(self, near)).toBe("x");
        close(self, near);
        expect(set({ active: true })).toEqual(error("einval"));
      }));

    test("packets arrive as they were sent, the empty one too", () =>
      world(function* main(self: TestSelf): Process {
        const options = { packet: 4 } as const;
        const [near, far] = yield* pair(self, options, options);
        const long = "long ".repeat(20_000);
        for (const word of ["", "a", long]) yield* send(self, far, word);
        expect(yield* next(self, near)).toBe("");
        expect(yield* next(self, near)).toBe("a");
        expect(yield* next(self, near)).toBe(long);
      }));

    test("a message that its header cannot announce is not sent at all", () =>
      world(function* main(self: TestSelf): Process {
        const options = { packet: 1 } as const;
        const [near, far] = yield* pair(self, options, options);
        const refused = yield* send(self, far, "x".repeat(256));
        expect(refused).toEqual(error("emsgsize"));
        yield* send(self, far, "short");
        expect(yield* next(self, near)).toBe("short");
      }));

    test("a header that announces too much ends the connection with emsgsize", () =>
      world(function* main(self: TestSelf): Process {
        const huge = Uint8Array.of(127, 255, 255, 255, 1);
        const [near, far] = yield* pair(self, { packet: 4 });
        yield* send(self, far, huge);
        expect(yield* next(self, near)).toEqual(["tcp_error", "emsgsize"]);
        expect(yield* next(self, near)).toBe("closed");
        const [passive, other] = yield* pair(self, {
          packet: 4,
          active: false,
        });
        yield* send(self, other, huge);
        expect(yield* recv(self, passive, 0)).toEqual(error("emsgsize"));
        expect(yield* recv(self, passive, 0)).toEqual(error("closed"));
        expect(yield* recv(self, other, 0)).toEqual(error("closed"));
      }));
  });
}

test("a socket is no address, and compiler and runtime say what to write", () =>
  onTheMachine(function* main(self: TestSelf): Process {
    const [near] = yield* pair(self, {});
    // @ts-expect-error -- yield* send(self, near, "hello") is meant
    const sendToIt = () => self.send(near, "hello");
    expect(sendToIt).toThrow(
      /^send: #Port<\d+\.\d+> is a socket and no process\. Write yield\* send\(self, socket, data\)/,
    );
  }));
