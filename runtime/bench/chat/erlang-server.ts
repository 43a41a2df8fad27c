import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ChatServer } from "./chat-server.ts";

const CHAPTER = join(
  import.meta.dirname,
  "../../../chapters/07-distributed-chat",
);
const VALIDATOR =
  "{ok, _} = gen_server:start({local, validator}, validator, [], []), Port = 0";
const CHAT =
  "{ok, _} = chat:start(0, 'validator@127.0.0.1'), {ok, Port} = chat:port()";

/** The chapter's Erlang chat and validator, compiled into `folder`. */
export async function startErlang(
  folder: string,
  epmdPort: number,
): Promise<ChatServer> {
  const sources = ["chat.erl", "validator.erl"];
  const paths = sources.map((name) => join(CHAPTER, name));
  execFileSync("erlc", ["-o", folder, ...paths]);
  const validator = await start(folder, epmdPort, "validator", VALIDATOR);
  const chat = await start(folder, epmdPort, "chat", CHAT);
  return {
    name: "erlang",
    port: chat.port,
    pid: chat.child.pid ?? 0,
    async stop() {
      await stop(chat.child);
      await stop(validator.child);
    },
  };
}

/** Runs `code` in an erl of its own, which ends when its input does. */
async function start(
  folder: string,
  epmdPort: number,
  name: string,
  code: string,
): Promise<{ child: ChildProcess; port: number }> {
  const wait = `${code}, io:format("~b~n", [Port]), io:get_line(""), halt().`;
  const place = ["-name", `${name}@127.0.0.1`, "-setcookie", "rores"];
  const child = spawn(
    "erl",
    ["-noshell", ...place, "-pa", folder, "-eval", wait],
    {
      env: { ...process.env, ERL_EPMD_PORT: `${epmdPort}` },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "exit").then(([exitCode]) => {
    throw new Error(`erl as the ${name} ended with code ${exitCode}.`);
  });
  ended.catch(() => {});
  const [line] = await Promise.race([once(lines, "line"), ended]);
  return { child, port: Number(line) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.stdin?.end("\n");
  await ended;
}
