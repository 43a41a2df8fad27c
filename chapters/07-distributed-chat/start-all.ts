import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { findEpmd } from "#runtime/distribution";
import type { Print } from "./conversation.ts";

/** What the processes of the chat tell the one that started them. */
export type Told = readonly ["log", line: string] | readonly ["ready", number];

const PROGRAM = join(import.meta.dirname, "../run.ts");
const OPTIONS = {
  cwd: join(import.meta.dirname, "../.."),
  execArgv: ["--import", "tsx"],
};

/** Starts this chapter's program once more, in a process of its own. */
type Start = (words: string[]) => ChildProcess;
const startHere: Start = (words) => fork(PROGRAM, ["07", ...words], OPTIONS);

// #region all
/** EPMD if there is none, a validator, a chat, a client: each a process. */
export async function startAll(
  port: number,
  print: Print,
  start = startHere,
): Promise<number> {
  const { server } = await findEpmd();
  print(`[epmd] ${server ? "Started in this program." : "It runs already."}`);
  let client: ChildProcess | undefined;
  const tell = (line: string) => {
    // Who is just leaving need not hear it.
    if (client?.connected) client.send(line, () => {});
    else print(line);
  };
  const started: ChildProcess[] = [];
  try {
    const first = begin(start(["validator"]), "validator", tell);
    started.push(first.child);
    await first.ready;
    const second = begin(start(["chat", `${port}`]), "chat", tell);
    started.push(second.child);
    const open = await second.ready;
    client = start(["client", "", `${open}`]);
    return await ended(client);
  } catch (code) {
    return Number(code);
  } finally {
    for (const child of started.reverse()) {
      if (child.connected) child.disconnect();
      await ended(child);
    }
    await server?.close();
  }
}
// #endregion

/** A server that is starting; it ends when this program no longer holds on to it. */
function begin(
  child: ChildProcess,
  role: string,
  tell: (line: string) => void,
) {
  const ready = new Promise<number>((resolve, reject) => {
    child.on("message", (told: Told) => {
      if (told[0] === "ready") resolve(told[1]);
      else tell(`[${role} ${child.pid}] ${told[1]}`);
    });
    child.on("exit", (code) => reject(code ?? 1));
  });
  ready.catch(() => {});
  return { child, ready };
}

async function ended(child: ChildProcess): Promise<number> {
  // One that a signal has ended has no code.
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, "exit");
  }
  return child.exitCode ?? 1;
}
