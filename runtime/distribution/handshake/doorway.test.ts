import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import {
  type Connected,
  Cookie,
  connectNode,
  Doorway,
  type DoorwayOptions,
  flags,
  type HandshakeError,
  type Identity,
} from "./index.ts";

const host = "127.0.0.1";
const cleaning: (() => unknown)[] = [];
afterEach(() => Promise.all(cleaning.splice(0).map((clean) => clean())));

function identity(name: string, value = "SECRET"): Identity {
  const cookie = new Cookie(value);
  return { name, creation: 7, flags: flags.OFFERED, cookieFor: () => cookie };
}

/** The node `bob@host`, what comes in, and what does not. */
async function open(options: Partial<DoorwayOptions> = {}) {
  const come: Connected[] = [];
  const refused: HandshakeError[] = [];
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const look of waiting.splice(0)) look();
  };
  const doorway = await Doorway.open({
    identity: () => identity("bob@host"),
    admit: () => "ok",
    onConnected: (connected) => {
      come.push(connected);
      cleaning.push(() => connected.socket.destroy());
      wake();
    },
    onRefused: (error) => {
      refused.push(error);
      wake();
    },
    ...options,
  });
  cleaning.push(() => doorway.close());
  /** Fulfilled once so many have come in or been refused. */
  const until = async (count: number) => {
    while (come.length + refused.length < count) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { port: doorway.port, come, refused, until };
}

async function call(port: number, me = identity("ann@host"), options = {}) {
  const address = { name: "bob@host", host, port };
  const connected = await connectNode(me, address, options);
  cleaning.push(() => connected.socket.destroy());
  return connected;
}

/** Somebody who connects and says these bytes. */
/** Waits for the end; unlike events.once it takes a reset for one, too. */
function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once("close", resolve));
}

function stranger(port: number, bytes = ""): Socket {
  const socket = connect({ host, port });
  socket.on("error", () => {});
  socket.write(bytes, "latin1");
  cleaning.push(() => socket.destroy());
  return socket;
}

test("what is sent right behind the handshake is not lost", async () => {
  const door = await open({
    onConnected: ({ socket }) => {
      socket.write("first words");
      cleaning.push(() => socket.destroy());
    },
  });
  const { peer, rest, socket } = await call(door.port);
  expect(peer.name).toBe("bob@host");
  let heard = Buffer.from(rest).toString();
  socket.on("data", (chunk) => {
    heard += chunk;
  });
  socket.resume();
  while (heard.length < 11) await once(socket, "data");
  expect(heard).toBe("first words");
});

test("a wrong cookie is known to both by their errors", async () => {
  const door = await open();
  await expect(
    call(door.port, identity("ann@host", "OTHER")),
  ).rejects.toMatchObject({ code: "closed" });
  await door.until(1);
  expect(door.refused).toMatchObject([
    { code: "bad_cookie", refusal: { peer: "ann@host" } },
  ]);
  expect(door.come).toEqual([]);
});

test("one who says nothing is sent away by the clock", async () => {
  const door = await open({ timeoutMs: 40 });
  const silent = stranger(door.port);
  await closed(silent.resume());
  await door.until(1);
  expect(door.refused[0]).toMatchObject({
    code: "timeout",
    message:
      "The handshake was not over within 40 ms: no name came. See whether the other node hangs.",
  });
});

test("a node that never answers is given up by the clock", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    cleaning.push(() => socket.destroy());
  }).listen(0, host);
  cleaning.push(() => server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  await expect(
    call(port, identity("ann@host"), { timeoutMs: 40 }),
  ).rejects.toMatchObject({ code: "timeout", refusal: { awaited: "status" } });
});

test("a crowd of strangers keeps no node out", async () => {
  const door = await open({ mostStrangers: 20 });
  for (let i = 0; i < 300; i++) stranger(door.port, "\0");
  await door.until(280);
  const { peer } = await call(door.port);
  expect(peer.name).toBe("bob@host");
  expect(door.refused.length).toBeGreaterThanOrEqual(280);
});

test("garbage is refused, and the next node is let in", async () => {
  const door = await open();
  for (const bytes of ["GET / HTTP/1.1\r\n\r\n", "\xff\xff", "\0\0"]) {
    await closed(stranger(door.port, bytes).resume());
  }
  await call(door.port);
  await door.until(4);
  expect(door.refused.map(({ code }) => code)).toEqual([
    "too_long",
    "too_long",
    "garbled",
  ]);
});

test("a port where nobody listens is said to be one", async () => {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  server.close();
  await once(server, "close");
  await expect(call(port)).rejects.toMatchObject({
    code: "unreachable",
    message:
      "No connection to the node came about: ECONNREFUSED. See that it runs, and ask EPMD for its port anew.",
  });
});
