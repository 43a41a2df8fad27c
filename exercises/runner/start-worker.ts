import { type ChildProcess, fork } from "node:child_process";
import { forPlainNode } from "../../chapters/plain-node.ts";
import { root } from "./root.ts";

/** The worker for plain node: through tsx, each start would take thrice as long. */
export function workerScript(): Promise<string> {
  return forPlainNode("exercises/runner/worker.ts");
}

/** A worker that keeps nobody from ending while it is idle. */
export function startWorker(script: string): ChildProcess {
  const worker = fork(script, {
    cwd: root,
    execArgv: ["--max-old-space-size=512"],
    // What an answer prints comes back with its result (see worker.ts).
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  worker.unref();
  worker.channel?.unref();
  return worker;
}

/** A task without tests: it gets a worker ready. */
export const NO_TASK = {
  check: { kind: "script", code: "", needs: [] },
  answer: { kind: "script", code: "", file: "", text: "", imports: [] },
  sharesRuntime: false,
  untilFailure: false,
} as const;
