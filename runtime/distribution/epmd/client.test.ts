import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import {
  EpmdServer,
  epmdPort,
  findEpmd,
  names,
  portPlease,
  registerName,
} from "./index.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something on a port that answers every request with these bytes. */
async function somethingThatSays(
  bytes: string,
  closes: boolean,
): Promise<{ port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () =>
      closes ? socket.end(bytes, "latin1") : socket.write(bytes, "latin1"),
    );
  });
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  const address = server.address();
  return { port: typeof address === "object" ? (address?.port ?? 0) : 0 };
}

const node = { name: "a", port: 1 };

describe("a daemon that is none", () => {
  test("is named as such when it speaks another language", async () => {
    const epmd = await somethingThatSays("HTTP/1.1 400 Bad Request", true);
    const code = "garbage_from_epmd";
    await expect(registerName(epmd, node)).rejects.toMatchObject({ code });
    await expect(portPlease(epmd, "a")).rejects.toMatchObject({ code });
    await expect(registerName(epmd, node)).rejects.toThrow(
      `What answers at port ${epmd.port} on 127.0.0.1 is no EPMD. Stop it, or choose another port with ERL_EPMD_PORT.`,
    );
  });

  test("is told from one that is silent, by the time", async () => {
    const { port } = await somethingThatSays("", false);
    const epmd = { port, timeoutMs: 30 };
    const code = "timeout";
    await expect(registerName(epmd, node)).rejects.toMatchObject({ code });
    await expect(names(epmd)).rejects.toMatchObject({ code });
  });

  test("is told from one that hangs up", async () => {
    const epmd = await somethingThatSays("", true);
    const code = "closed";
    await expect(registerName(epmd, node)).rejects.toMatchObject({ code });
    await expect(portPlease(epmd, "a")).rejects.toMatchObject({ code });
    await expect(names(epmd)).rejects.toMatchObject({ code });
  });

  test("does not fill the memory", async () => {
    const epmd = await somethingThatSays("x".repeat(2_000_000), false);
    await expect(names(epmd)).rejects.toMatchObject({
      code: "garbage_from_epmd",
    });
  });
});

test("a name that cannot be one is refused before anybody is asked", async () => {
  const nowhere = { port: 1 };
  for (const name of ["", "a\nb", "x".repeat(256)]) {
    const code = "bad_name";
    await expect(
      registerName(nowhere, { name, port: 1 }),
    ).rejects.toMatchObject({ code });
    await expect(portPlease(nowhere, name)).rejects.toMatchObject({ code });
  }
});

test("the port is ERL_EPMD_PORT, or everybody's where that is none", () => {
  expect(epmdPort({ ERL_EPMD_PORT: "1234" })).toBe(1234);
  for (const ERL_EPMD_PORT of [undefined, "", "0", "70000", "x", "12x"]) {
    expect(epmdPort({ ERL_EPMD_PORT })).toBe(4369);
  }
});

test("where no daemon answers, one is started here, and the next finds it", async () => {
  const free = await somethingThatSays("", true);
  const [server] = servers.splice(0);
  server?.close();
  await once(server as Server, "close");
  const first = await findEpmd(free.port);
  const second = await findEpmd(free.port);
  expect(first.server?.port).toBe(free.port);
  expect(second).toEqual({ epmd: { port: free.port } });
  await first.server?.close();
});

test("two programs that look for a daemon at once end with one", async () => {
  const free = await somethingThatSays("", true);
  const [server] = servers.splice(0);
  server?.close();
  await once(server as Server, "close");
  const found = await Promise.all([findEpmd(free.port), findEpmd(free.port)]);
  const started = found.flatMap(({ server: own }) => (own ? [own] : []));
  expect(started).toHaveLength(1);
  await Promise.all(started.map((own) => own.close()));
});

test("a port that is taken cannot be listened on", async () => {
  const { port } = await somethingThatSays("", true);
  await expect(EpmdServer.start({ port })).rejects.toMatchObject({
    code: "cannot_listen",
    message: `EPMD cannot be started on port ${port} of 127.0.0.1. Stop what listens there, or choose another port with ERL_EPMD_PORT.`,
  });
});
