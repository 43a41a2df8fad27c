import {
  type ChildProcess,
  execFileSync,
  fork,
  spawn,
} from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  format,
  genServer,
  type Pid,
  type Self,
  type Server,
  type Step,
} from "#runtime";
import { atom, EpmdServer, list, rpc } from "#runtime/distribution";
import { withoutErlang } from "../../runtime/real-erlang.ts";
import { forPlainNode } from "../plain-node.ts";
import { type Chat, chat } from "./chat.ts";
import { client, type FromKeyboard, type Shown } from "./client.ts";
import { main } from "./main.ts";
import { startAll } from "./start-all.ts";
import { type Guest, guest } from "./two-nodes.ts";
import { validator } from "./validator.ts";
import { verify } from "./verify.ts";

// Operating system processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const here = import.meta.dirname;

/** An EPMD of these tests' own. */
let epmd: EpmdServer;
beforeAll(async () => {
  epmd = await EpmdServer.start({ port: 0 });
  vi.stubEnv("ERL_EPMD_PORT", `${epmd.port}`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await epmd.close();
});

describe.skipIf(withoutErlang)("with real Erlang (needs erl)", () => {
  const THERE = "erl@127.0.0.1";
  let folder: string;
  let node: Guest;
  let erl: ChildProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "chat-"));
    const sources = ["chat", "chat_client", "validator"].map((name) =>
      join(here, `${name}.erl`),
    );
    execFileSync("erlc", ["-Werror", "-o", folder, ...sources]);
    const words = ["-noshell", "-name", THERE, "-setcookie", "rores"];
    const start =
      "{ok, _} = gen_server:start({local, validator}, validator, [], [])," +
      'io:format("up~n"), io:get_line(""), halt().';
    erl = spawn("erl", [...words, "-pa", folder, "-eval", start]);
    await once(erl.stdout ?? erl, "data");
    node = await guest("ts@127.0.0.1", {});
    await node.run(function* begin(self) {
      yield* genServer.start(self, validator, [], { name: "validator" });
    });
  });
  afterAll(() => {
    node?.stop();
    erl?.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  const erlangDoes = (
    self: Self<never>,
    module: string,
    name: string,
    args: unknown[],
  ): Step<unknown> => rpc.call(self, THERE, module, name, args, 20_000);

  test("the Erlang client joins the TypeScript chat, whose validator is Erlang's", async () => {
    const heard: string[] = [];
    await node.run(function* evening(self) {
      const options = { port: 0, validatorNode: THERE, print: () => {} };
      const started = yield* genServer.start(self, chat, [options]);
      const server = started[1] as Server<Chat>;
      const port = yield* genServer.call(self, server, "port");
      const visit = function* (name: string, ...lines: string[]) {
        const args = [port, name, list(...lines)];
        heard.push(format(yield* erlangDoes(self, "chat_client", "run", args)));
      };
      yield* visit("加加加加加加", "你好", "hello");
      yield* visit("Max");
      yield* genServer.stop(self, server);
    });
    expect(heard).toEqual([
      '[["ok", "加加加加加加"], ["msg", "加加加加加加: 你好"], ' +
        '["msg", "加加加加加加: hello"], closed]',
      '[["auth_failed", "A name must have 6 to 20 characters."], closed]',
    ]);
  });

  test("the TypeScript client joins the Erlang chat, whose validator is TypeScript's", async () => {
    const seen: string[] = [];
    await node.run(function* evening(self) {
      const where = [0, atom("ts@127.0.0.1")];
      yield* erlangDoes(self, "chat", "start", where);
      const [, port] = (yield* erlangDoes(self, "chat", "port", [])) as [
        "ok",
        number,
      ];
      const screen = self as unknown as Self<Shown>;
      const show = (shown: Shown) => screen.send(screen.pid, shown);
      const enter = (name: string): Pid<FromKeyboard> =>
        self.spawn(client, { name, port }, show);
      const until = function* (kind: Shown[0]): Step<void> {
        for (let last = ""; last !== kind; ) {
          const shown: Shown = yield* screen.receive();
          last = shown[0];
          seen.push(shown.join(" "));
        }
      };
      const ann = enter("Annabel");
      yield* until("joined");
      self.send(ann, ["say", "你好"]);
      yield* until("heard");
      enter("Jo");
      yield* until("refused");
      yield* erlangDoes(self, "gen_server", "stop", [atom("chat")]);
      yield* until("waiting");
      self.send(ann, "quit");
      yield* until("bye");
    });
    expect(seen).toEqual([
      "joined Annabel",
      "heard Annabel: 你好",
      "refused A name must have 6 to 20 characters.",
      "waiting the chat has gone 500",
      "bye",
    ]);
  });

  test("Erlang's validator is away in the same ways as ours", async () => {
    const found: string[] = [];
    await node.run(function* ask(self) {
      const answer = function* (at: string) {
        found.push((yield* verify(self, at, "Makiror")).join(" "));
      };
      yield* answer(THERE);
      yield* erlangDoes(self, "gen_server", "stop", [atom("validator")]);
      yield* answer(THERE);
      yield* answer("nobody@127.0.0.1");
    });
    expect(found).toEqual([
      "ok Makiror",
      "unknown no server",
      "unknown no node",
    ]);
  });
});

test("the whole chapter: a validator, a chat and a client, each a process of its own", async () => {
  const program = await forPlainNode("chapters/07-distributed-chat/main.ts");
  const printed: string[] = [];
  let validator: ReturnType<typeof fork> | undefined;
  let [said, shut] = ["", Promise.resolve<unknown>(undefined)];
  const code = await startAll(
    0,
    (line) => printed.push(line.replace(/\d{2,}/g, "N")),
    (words) => {
      const [role, , port = ""] = words;
      // Not with what vitest gives its own processes.
      const execArgv: string[] = [];
      if (role !== "client") {
        const server = fork(program, words, { execArgv });
        if (role === "validator") validator = server;
        return server;
      }
      const person = fork(program, ["client", "Annabel", port], {
        execArgv,
        stdio: ["pipe", "pipe", "inherit", "ipc"],
      });
      const lines = createInterface({ input: person.stdout as never });
      lines.on("line", (line) => {
        said += `${line.replace(/\d{2,}/g, "N")}\n`;
        if (line.startsWith("Welcome")) person.stdin?.write("hello\n");
        if (line !== "Annabel: hello") return;
        // Killed before the others, as the page tells one to try.
        validator?.once("exit", () => person.stdin?.write("/quit\n"));
        validator?.kill("SIGKILL");
      });
      shut = once(lines, "close");
      return person;
    },
  );
  await shut;
  expect(code).toBe(0);
  expect(printed.slice(0, 3)).toEqual([
    "[epmd] It runs already.",
    "[validator N] The validator is ready on validator@N.0.0.1.",
    "[chat N] The chat is ready on chat@N.0.0.1, port N.",
  ]);
  expect(said).toMatch(/^\[chat N\] New connection: N\.0\.0\.1:N$/m);
  expect(said).toMatch(/^Welcome, Annabel\./m);
  expect(said).toMatch(/^Annabel: hello$/m);
  expect(said).toMatch(/^Good-bye\.$/m);
});

test("what cannot be started is said in a sentence", async () => {
  const said: string[] = [];
  const complained = vi
    .spyOn(console, "error")
    .mockImplementation((line) => void said.push(`${line}`));
  await main(["nonsense"]);
  await main(["chat", "70000"]);
  complained.mockRestore();
  process.exitCode = 0;
  expect(said[0]).toMatch(/^There is no "nonsense" here\.\nTry one/);
  expect(said[1]).toBe(
    '"70000" is no port: a port is a number from 0 to 65535.',
  );
});
