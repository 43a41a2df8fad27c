import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial } from "node:net";
import { expect, test } from "vitest";
import type { Process, Self } from "#runtime";
import { accept, connect, listen, ok, recv, send, setopts } from "./index.ts";
import { onTheMachine, type TestMessage } from "./worlds.ts";

type TestSelf = Self<TestMessage>;

const text = (data: Uint8Array) => new TextDecoder().decode(data);

test("a foreign client is served, framing and all", () =>
  onTheMachine(function* main(self: TestSelf): Process {
    const listening = ok(yield* listen(self, 0, { packet: 2 }));
    const peer = dial(listening.port, "127.0.0.1");
    const near = ok(yield* accept(self, listening));
    // The header of the second message comes in two pieces.
    peer.write(Uint8Array.of(0, 2, 104, 105, 0));
    expect(yield* self.receive({ tcp: (_, data) => text(data) })).toBe("hi");
    peer.write(Uint8Array.of(3, 102, 111, 111));
    expect(yield* self.receive({ tcp: (_, data) => text(data) })).toBe("foo");
    yield* send(self, near, "yes");
    const [answer] = yield* self.wait(once(peer, "data"));
    expect([...(answer as Buffer)]).toEqual([0, 3, 121, 101, 115]);
    peer.end();
    yield* self.receive({ tcp_closed: () => {} });
  }));

test("a foreign client can write only so much to a passive socket", () =>
  onTheMachine(function* main(self: TestSelf): Process {
    const total = 64 * 1024 * 1024;
    const listening = ok(yield* listen(self, 0, { active: "once" }));
    const peer = dial(listening.port, "127.0.0.1");
    const near = ok(yield* accept(self, listening));
    const chunk = Buffer.alloc(64 * 1024);
    let written = 0;
    const writeOn = () => {
      while (written < total) {
        written += chunk.length;
        if (!peer.write(chunk)) return void peer.once("drain", writeOn);
      }
      peer.end();
    };
    writeOn();
    let got = yield* self.receive({ tcp: (_, data) => data.length });
    // Node calls a socket idle when no byte has moved for so long.
    peer.setTimeout(200);
    yield* self.wait(once(peer, "timeout"));
    expect(written).toBeLessThan(total / 2);
    setopts(self, near, { active: true });
    while (got < total) {
      got += yield* self.receive({ tcp: (_, data) => data.length });
    }
    yield* self.receive({ tcp_closed: () => {} });
    expect(got).toBe(total);
  }));

test("a client that is cut off is a closed one", () =>
  onTheMachine(function* main(self: TestSelf): Process {
    const listening = ok(yield* listen(self, 0));
    const peer = dial(listening.port, "127.0.0.1");
    const near = ok(yield* accept(self, listening));
    yield* self.wait(once(peer, "connect"));
    peer.resetAndDestroy();
    const closed = yield* self.receive({
      tcp_closed: (socket) => socket,
      tcp_error: (_, reason) => reason,
    });
    expect(closed).toBe(near);
  }));

test("a client that stops sending still gets an answer from a passive socket", () =>
  onTheMachine(function* main(self: TestSelf): Process {
    const listening = ok(yield* listen(self, 0, { active: false }));
    const peer = dial(listening.port, "127.0.0.1");
    const near = ok(yield* accept(self, listening));
    peer.end("question");
    expect(text(ok(yield* recv(self, near, 8)))).toBe("question");
    expect(yield* send(self, near, "answer")).toBe("ok");
    const [answer] = yield* self.wait(once(peer, "data"));
    expect(String(answer)).toBe("answer");
  }));

test("when a program's processes have ended, so have its sockets", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ended = once(server, "connection").then(async ([socket]) => {
    socket.resume();
    await once(socket, "end");
    socket.end();
    return once(socket, "close");
  });
  await onTheMachine(function* main(self: TestSelf): Process {
    ok(yield* connect(self, "127.0.0.1", port));
  });
  expect(await ended).toEqual([false]);
  server.close();
  await once(server, "close");
});

test("a process killed in connect leaves no connection behind", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await onTheMachine(function* main(self: TestSelf): Process {
    const [dialling, watch] = self.spawnMonitor(function* dialling(
      me: TestSelf,
    ): Process {
      yield* connect(me, "127.0.0.1", port);
      me.send(self.pid, ["note", "connected"]);
    });
    // One turn is enough to start the attempt, and not to end it.
    yield* self.yield();
    self.sendExit(dialling, "kill");
    const what = yield* self.receive({
      DOWN: (ref, _type, _pid, reason) => [ref, reason],
      note: (said) => said,
    });
    expect(what).toEqual([watch, "killed"]);
  });
  server.close();
  // It closes only when no connection is left.
  await once(server, "close");
  expect(server.listening).toBe(false);
});

test("an address that is not this machine's is refused, with a sentence", () =>
  onTheMachine(function* main(self: TestSelf): Process {
    const result = yield* listen(self, 0, { host: "192.0.2.1" });
    expect(result).toEqual(["error", "eaddrnotavail"]);
    expect(() => ok(result)).toThrow(
      "192.0.2.1 is no address of this machine. Listen on 127.0.0.1 or 0.0.0.0.",
    );
  }));
