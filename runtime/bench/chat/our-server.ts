import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Told } from "../../../chapters/07-distributed-chat/start-all.ts";
import { bundled } from "../bundled.ts";
import type { ChatServer } from "./chat-server.ts";

const MAIN = join(
  import.meta.dirname,
  "../../../chapters/07-distributed-chat/main.ts",
);

/** Bundles chapter 7's program into one file for plain node. */
export function bundle(folder: string): string {
  return bundled(MAIN, folder, "chat.mjs");
}

/** A node of the chapter's program, and the port that it listens on. */
export interface OurNode {
  readonly child: ChildProcess;
  readonly port: number;
}

export interface NodeOptions {
  readonly epmdPort: number;
  /** Whether its reports are not shown, since trouble is expected. */
  readonly isQuiet?: boolean;
}

/**
 * Starts one node and waits until it is ready. It ends with this process.
 *
 * @throws Error if it ends before.
 */
export function startNode(
  program: string,
  { epmdPort, isQuiet = false }: NodeOptions,
  ...[role, ...rest]: string[]
): Promise<OurNode> {
  const child = fork(program, [role ?? "", ...rest], {
    execArgv: [],
    env: { ...process.env, ERL_EPMD_PORT: `${epmdPort}` },
    stdio: ["ignore", "ignore", isQuiet ? "ignore" : "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.on("message", (told: Told) => {
      if (told[0] === "ready") resolve({ child, port: told[1] });
    });
    child.on("exit", (code) => {
      reject(new Error(`The ${role} ended with code ${code} at its start.`));
    });
  });
}

/** Asks a node to end, and waits until it has. */
export async function stopNode({ child }: OurNode): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** Chapter 7's validator and chat, each in plain node. */
export async function startOurs(
  program: string,
  epmdPort: number,
): Promise<ChatServer> {
  const validator = await startNode(program, { epmdPort }, "validator");
  let chat: OurNode;
  try {
    chat = await startNode(program, { epmdPort }, "chat", "0");
  } catch (error) {
    await stopNode(validator);
    throw error;
  }
  return {
    name: "ours",
    port: chat.port,
    pid: chat.child.pid ?? 0,
    async stop() {
      await stopNode(chat);
      await stopNode(validator);
    },
  };
}
