import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, expect, test } from "vitest";
import { Directory, MOST_NAMES } from "./directory.ts";
import { EpmdServer, names, portPlease, registerName } from "./index.ts";

const servers: EpmdServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

async function start(
  options: { mostWaiting?: number; requestTimeoutMs?: number } = {},
) {
  const server = await EpmdServer.start({
    port: 0,
    firstCreation: 10,
    ...options,
  });
  servers.push(server);
  return server;
}

/** A connection that says these bytes, and all that it hears until it closes. */
function say(port: number, bytes: Uint8Array) {
  const socket = connect({ host: "127.0.0.1", port });
  const heard: Buffer[] = [];
  socket.on("data", (chunk) => heard.push(chunk));
  socket.on("error", () => {});
  // Not events.once, which takes a reset for a failure; here it is an end.
  const closed = new Promise<Buffer>((resolve) => {
    socket.once("close", () => resolve(Buffer.concat(heard)));
  });
  socket.write(bytes);
  return { socket, closed };
}

test("nodes find each other by the names that they registered", async () => {
  const epmd = await start();
  const a = await registerName(epmd, { name: "a", port: 1111 });
  const b = await registerName(epmd, { name: "b", port: 2222, hidden: true });
  expect(await portPlease(epmd, "a")).toMatchObject({
    port: 1111,
    hidden: false,
    highestVersion: 6,
  });
  expect(await portPlease(epmd, "b")).toMatchObject({ hidden: true });
  expect(await portPlease(epmd, "c")).toBeUndefined();
  expect(await names(epmd)).toEqual([
    { name: "b", port: 2222 },
    { name: "a", port: 1111 },
  ]);
  expect([a.creation, b.creation]).toEqual([10, 11]);
});

test("a name is refused while it is taken and free when its connection closes", async () => {
  const epmd = await start();
  const first = await registerName(epmd, { name: "a", port: 1 });
  await expect(registerName(epmd, { name: "a", port: 2 })).rejects.toThrow(
    "The name a seems to be in use by another node on this machine. Choose another name, or stop that node.",
  );
  expect(await portPlease(epmd, "a")).toMatchObject({ port: 1 });
  first.close();
  await first.lost;
  // The daemon sees the end a moment after this side: ask until it has.
  let second: number | undefined;
  while (second === undefined) {
    await registerName(epmd, { name: "a", port: 3 }).then(
      ({ creation }) => {
        second = creation;
      },
      (error) => expect(error).toMatchObject({ code: "duplicate_name" }),
    );
  }
  expect(second).toBe(11);
});

test("a node learns that its daemon is gone, and all names with it", async () => {
  const epmd = await start();
  const node = await registerName(epmd, { name: "a", port: 1 });
  await epmd.close();
  await node.lost;
  await expect(names(epmd)).rejects.toMatchObject({ code: "econnrefused" });
});

const malformed: [what: string, bytes: number[]][] = [
  ["a request of no bytes", [0, 0]],
  ["a length beyond every request", [255, 255, 120]],
  ["a request that nobody knows", [0, 1, 81]],
  ["the request to stop the daemon", [0, 1, 107]],
  ["more bytes than were announced", [0, 1, 110, 110]],
  ["a registration that is cut short", [0, 5, 120, 1, 2, 77, 0]],
  ["an empty name", [0, 13, 120, 1, 2, 77, 0, 0, 6, 0, 6, 0, 0, 0, 0]],
  ["a web browser", [...Buffer.from("GET / HTTP/1.1\r\n\r\n")]],
];

for (const [what, bytes] of malformed) {
  test(`${what} is closed without a word and harms nobody`, async () => {
    const epmd = await start();
    await registerName(epmd, { name: "a", port: 1 });
    const { closed } = say(epmd.port, Uint8Array.from(bytes));
    expect(await closed).toHaveLength(0);
    expect(await names(epmd)).toHaveLength(1);
  });
}

test("a registered node that says anything more loses its name", async () => {
  const epmd = await start();
  const bytes = Buffer.from("000e7804d24d00000600060001780000", "hex");
  const { socket, closed } = say(epmd.port, bytes);
  await once(socket, "data");
  expect(await names(epmd)).toEqual([{ name: "x", port: 1234 }]);
  socket.write("more");
  await closed;
  expect(await names(epmd)).toEqual([]);
});

test("one byte now and then buys no time", async () => {
  const epmd = await start({ requestTimeoutMs: 60 });
  // A request of 1,000 bytes: at this pace it would take until the test fails.
  const { socket, closed } = say(epmd.port, Uint8Array.of(3, 232));
  const drip = setInterval(() => socket.write("x"), 20);
  expect(await closed).toHaveLength(0);
  clearInterval(drip);
});

test("a thousand idle connections keep nobody from the daemon", async () => {
  const epmd = await start({ mostWaiting: 50 });
  await registerName(epmd, { name: "a", port: 1 });
  const idle: Socket[] = [];
  let closed = 0;
  const enough = new Promise<void>((resolve) => {
    for (let i = 0; i < 1_000; i++) {
      const socket = connect({ host: "127.0.0.1", port: epmd.port });
      socket.on("error", () => {});
      socket.on("close", () => ++closed >= 950 && resolve());
      idle.push(socket);
    }
  });
  await enough;
  expect(await portPlease(epmd, "a")).toMatchObject({ port: 1 });
  for (const socket of idle) socket.destroy();
});

test("no more names are taken than fit", () => {
  const directory = new Directory<number>(0xffffffff);
  const node = { port: 1, hidden: false, highestVersion: 6, lowestVersion: 6 };
  const enter = (owner: number) =>
    directory.register(owner, {
      ...node,
      name: `n${owner}`,
      extra: new Uint8Array(0),
    });
  expect([enter(0), enter(1)]).toEqual([0xffffffff, 4]);
  for (let i = 2; i < MOST_NAMES; i++) enter(i);
  expect(enter(MOST_NAMES)).toBe("taken");
  directory.release(7);
  expect(enter(MOST_NAMES)).toBe(MOST_NAMES + 3);
});
