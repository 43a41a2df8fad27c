import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { withoutErlang } from "../../real-erlang.ts";
import { ErlangNode } from "./erlang-node.ts";
import {
  EpmdServer,
  findEpmd,
  names,
  portPlease,
  registerName,
} from "./index.ts";

const run = promisify(execFile);
const cookie = "SECRET";
let epmd: EpmdServer;
const nodes: ErlangNode[] = [];

beforeAll(async () => {
  epmd = await EpmdServer.start({ port: 0 });
});
afterEach(() => Promise.all(nodes.splice(0).map((node) => node.kill())));
afterAll(() => epmd.close());

async function erlang(name: string): Promise<ErlangNode> {
  const node = await ErlangNode.start({ name, epmdPort: epmd.port, cookie });
  nodes.push(node);
  return node;
}

test.skipIf(withoutErlang)(
  "two real nodes find each other through this daemon (needs erl)",
  async () => {
    const [ann, bob] = await Promise.all([
      erlang("ann@127.0.0.1"),
      erlang("bob@127.0.0.1"),
    ]);
    expect(await ann.evaluate("net_adm:ping('bob@127.0.0.1')")).toBe("pong");
    expect(await bob.evaluate("nodes()")).toBe("['ann@127.0.0.1']");
    expect(await ann.evaluate("element(1, net_adm:names({127,0,0,1}))")).toBe(
      "ok",
    );
    const listed = (await names(epmd)).map(({ name }) => name);
    expect(listed.sort()).toEqual(["ann", "bob"]);
    const found = await portPlease(epmd, "ann");
    expect(found).toMatchObject({ highestVersion: 6, hidden: false });
  },
  40_000,
);

test.skipIf(withoutErlang)(
  "the real `epmd -names` lists what is registered here (needs erl)",
  async () => {
    const name = await registerName(epmd, { name: "listed", port: 1234 });
    const port = String(epmd.port);
    const { stdout } = await run("epmd", ["-port", port, "-names"]);
    expect(stdout).toBe(
      `epmd: up and running on port ${port} with data:\nname listed at port 1234\n`,
    );
    name.close();
    await name.lost;
  },
  40_000,
);

test.skipIf(withoutErlang)(
  "a real node does not start under a name in use (needs erl)",
  async () => {
    const name = await registerName(epmd, { name: "taken", port: 1234 });
    const second = ErlangNode.launch({
      name: "taken@127.0.0.1",
      epmdPort: epmd.port,
      cookie,
    });
    nodes.push(second);
    await second.ended();
    expect(second.output).toContain(
      "the name taken@127.0.0.1 seems to be in use by another Erlang node",
    );
    name.close();
    await name.lost;
  },
  40_000,
);

test.skipIf(withoutErlang)(
  "the name of a real node that was killed is free again (needs erl)",
  async () => {
    const node = await erlang("short@127.0.0.1");
    await node.kill();
    let left = await names(epmd);
    while (left.some(({ name }) => name === "short")) left = await names(epmd);
    const name = await registerName(epmd, { name: "short", port: 1 });
    expect(name.creation).toBeGreaterThan(3);
    name.close();
  },
  40_000,
);

test.skipIf(withoutErlang)(
  "the real daemon is used where there is one (needs erl)",
  async () => {
    const port = await freePort();
    const daemon = spawn("epmd", [
      "-port",
      String(port),
      "-address",
      "127.0.0.1",
    ]);
    try {
      await untilListening(port);
      const found = await findEpmd(port);
      expect(found).toEqual({ epmd: { port } });
      const a = await registerName(found.epmd, { name: "a", port: 1234 });
      expect(a.creation).toBeGreaterThan(3);
      await expect(
        registerName(found.epmd, { name: "a", port: 1 }),
      ).rejects.toMatchObject({ code: "duplicate_name" });
      expect(await portPlease(found.epmd, "a")).toMatchObject({ port: 1234 });
      expect(await portPlease(found.epmd, "b")).toBeUndefined();
      expect(await names(found.epmd)).toEqual([{ name: "a", port: 1234 }]);
      a.close();
    } finally {
      daemon.kill("SIGKILL");
      await once(daemon, "close");
    }
  },
  40_000,
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

/** The daemon says nothing when it is up: ask until it answers. */
async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    const answers = await names({ port }).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`epmd did not come up on port ${port}`);
}
