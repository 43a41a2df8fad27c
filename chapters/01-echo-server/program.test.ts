import { spawn as launch } from "node:child_process";
import { once } from "node:events";
import { createServer, connect as dial } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test, vi } from "vitest";
import { withListing, withoutErlang } from "../../runtime/real-erlang.ts";
import { forPlainNode } from "../plain-node.ts";

// Each starts a program or two, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

// The programs of the chapter as a learner starts them.
const here = import.meta.dirname;
const root = join(here, "../..");

/** `npm run chapter 01 -- …`, without npm around it. */
function chapter(...args: string[]) {
  const program = join(root, "chapters/run.ts");
  return launch(process.execPath, ["--import", "tsx", program, "01", ...args], {
    cwd: root,
  });
}

const bundle = await forPlainNode("chapters/01-echo-server/main.ts");
/** The same program, without the time that tsx takes to start it. */
const bundled = (...args: string[]) =>
  launch(process.execPath, [bundle, ...args], { cwd: root });

/** What a program that ends by itself has said, and its exit code. */
async function outcome(...args: string[]) {
  const program = bundled(...args);
  let [out, err] = ["", ""];
  program.stdout.on("data", (data) => {
    out += data;
  });
  program.stderr.on("data", (data) => {
    err += data;
  });
  const [code] = await once(program, "close");
  return { code, out, err };
}

test("a taken port is one line, and a failure for the shell", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const result = await outcome(`${port}`);
  other.close();
  expect(result).toEqual({
    code: 1,
    out: "",
    err: `Port ${port} on 127.0.0.1 is taken. Stop the other program, or choose another port. A free one: npm run chapter 01 -- 0\n`,
  });
});

test.each([
  [["70000"], /^"70000" is no port: .* 0 to 65535\. Try: .* 9527\n$/],
  [["client", "x"], /^"x" is no port: .* 1 to 65535\. Try: .* client 9527\n$/],
])("the arguments %j are refused in one line", async (args, sentence) => {
  const result = await outcome(...args);
  expect(result).toMatchObject({ code: 1, out: "" });
  expect(result.err).toMatch(sentence);
});

test("the server says how to stop it and how to talk to it; the client does", async () => {
  const server = chapter("0");
  const lines = createInterface({ input: server.stdout });
  const [first] = (await once(lines, "line")) as [string];
  const port = /127\.0\.0\.1:(\d+)\. Ctrl\+C stops it/.exec(first)?.[1] ?? "";
  expect(Number(port)).toBeGreaterThan(0);
  const client = bundled("client", port);
  let said = "";
  client.stdout.on("data", (data) => {
    said += data;
  });
  client.stdin.end("good day\n");
  const [code] = await once(client, "close");
  server.kill();
  expect([code, said]).toEqual([
    0,
    `Connected to 127.0.0.1:${port}. Type a line; Ctrl+D ends.\ngood day\n`,
  ]);
});

test.skipIf(withoutErlang)("the Erlang twin echoes, too (needs erl)", () =>
  withListing(join(here, "rores_server.erl"), async (folder) => {
    const start =
      '{ok, _, Port} = rores_server:start(0), io:format("~p~n", [Port]).';
    const twin = launch("erl", ["-noshell", "-pa", folder, "-eval", start]);
    const lines = createInterface({ input: twin.stdout });
    const printed: string[] = [];
    const [port] = (await once(lines, "line")) as [string];
    lines.on("line", (line) => printed.push(line));
    const socket = dial(Number(port), "127.0.0.1");
    socket.write("hello");
    const [echo] = await once(socket, "data");
    const local = socket.localPort;
    socket.destroy();
    while (printed.length < 3) await once(lines, "line");
    twin.kill();
    expect(`${echo}`).toBe("hello");
    expect(printed).toEqual([
      `New connection: 127.0.0.1:${local}`,
      'Got a new message: <<"hello">>',
      "Closed a client connection",
    ]);
  }),
);
