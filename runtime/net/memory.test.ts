import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Process, Self } from "#runtime";
import { exchange, SimulationError, simulate } from "#runtime/testing";
import * as inPage from "./browser.ts";
import * as inNode from "./index.ts";
import {
  accept,
  close,
  connect,
  listen,
  ok,
  type Socket,
  send,
} from "./index.ts";
import type { TestMessage } from "./worlds.ts";

type TestSelf = Self<TestMessage>;

/** A client that sends a long text, and a server that notes the pieces. */
function talk(seen: string[]) {
  return function* main(self: TestSelf): Process {
    const listening = ok(yield* listen(self, 9527));
    self.spawn(function* client(me: TestSelf): Process {
      const socket = ok(yield* connect(me, "localhost", 9527));
      for (const letter of "abc") yield* send(me, socket, letter.repeat(1500));
    });
    const socket: Socket = ok(yield* accept(self, listening));
    let open = true;
    while (open) {
      open = yield* self.receive({
        tcp: (from, data) => {
          expect(from).toBe(socket);
          seen.push(`${data.length}`);
          return true;
        },
        tcp_closed: () => false,
      });
    }
  };
}

test("the same seed gives the same exchange, to the byte", () => {
  for (const seed of [0, 1, 2, 3]) {
    const [once, twice]: [string[], string[]] = [[], []];
    const first = simulate(talk(once), { seed });
    const second = simulate(talk(twice), { seed });
    expect(exchange(second.trace)).toBe(exchange(first.trace));
    expect(twice).toEqual(once);
    expect(first.elapsedMs).toBe(0);
  }
});

test("a long message comes in several pieces, as TCP may cut it", () => {
  const pieces: string[] = [];
  simulate(talk(pieces), { seed: 0 });
  expect(pieces).toEqual(["1460", "40", "1460", "40", "1460", "40"]);
});

test("each simulated node has a network of its own: its ports are free", () => {
  const run = simulate(function* main(self: TestSelf): Process {
    expect((yield* listen(self, 80))[0]).toBe("ok");
    simulate(function* inner(me: TestSelf): Process {
      expect((yield* listen(me, 80))[0]).toBe("ok");
    });
  });
  expect(run.elapsedMs).toBe(0);
});

test("ports that have been given away are given again", () => {
  simulate(function* main(self: TestSelf): Process {
    const known = ok(yield* listen(self, 0));
    const given = new Set<number>();
    for (let i = 0; i < 20_000; i++) {
      const one = ok(yield* listen(self, 0));
      given.add(one.port);
      close(self, one);
    }
    expect(given.has(known.port)).toBe(false);
    expect(Math.max(...given)).toBe(65_535);
    for (const _ of given) ok(yield* listen(self, 0));
    expect(yield* listen(self, 0)).toEqual(["error", "eaddrinuse"]);
  });
});

test.each([
  ["::", "::1"],
  ["::", "127.0.0.1"],
  ["0.0.0.0", "127.0.0.1"],
  ["127.0.0.1", "0.0.0.0"],
])("who listens on %s is found at %s", (host, address) => {
  simulate(function* main(self: TestSelf): Process {
    const { port } = ok(yield* listen(self, 0, { host }));
    expect((yield* connect(self, address, port))[0]).toBe("ok");
  });
});

test.each([
  ["0.0.0.0", "::1", "econnrefused"],
  ["::1", "127.0.0.1", "econnrefused"],
  ["0.0.0.0", "127.0.0.256", "nxdomain"],
  ["0.0.0.0", "::zz", "nxdomain"],
])("who listens on %s is not found at %s", (host, address, reason) => {
  simulate(function* main(self: TestSelf): Process {
    const { port } = ok(yield* listen(self, 0, { host }));
    expect(yield* connect(self, address, port)).toEqual(["error", reason]);
  });
});

test("a name that is no address is nxdomain", () => {
  simulate(function* main(self: TestSelf): Process {
    const result = yield* connect(self, "nowhere.example", 80);
    expect(result).toEqual(["error", "nxdomain"]);
  });
});

test("a trace shows what a socket tells its owner", () => {
  const { trace } = simulate(talk([]), { seed: 0 });
  expect(exchange(trace)).toMatch(
    /outside → main<0.1.0> {2}\["tcp", #Port<0.\d>, <<97, 97, /,
  );
});

test("an accept that nobody will ever answer is a deadlock with its cause", () => {
  const run = () =>
    simulate(function* main(self: TestSelf): Process {
      yield* accept(self, ok(yield* listen(self, 1)));
    });
  expect(run).toThrow(SimulationError);
  expect(run).toThrow('still waits for "inet_reply"');
});

test("the page has the same calls, and none of Node's", () => {
  expect(Object.keys(inPage).sort()).toEqual(Object.keys(inNode).sort());
  const seen = new Set<string>();
  const follow = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(new URL(file, import.meta.url), "utf8");
    for (const [, path = ""] of source.matchAll(/from "([^"]+)"/g)) {
      expect(path, `${file} imports it`).toMatch(/^\.\.?\//);
      if (path.startsWith("./")) follow(path);
    }
  };
  follow("./browser.ts");
  expect([...seen]).toContain("./memory.ts");
  expect([...seen]).not.toContain("./node-sockets.ts");
});
