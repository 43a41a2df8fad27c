import { format } from "../core/format.ts";
import type { LocalProcess } from "../core/process.ts";
import { exchange } from "./exchange.ts";
import type { Run } from "./simulate.ts";

/** A simulation that did not come to a good end. */
export class SimulationError extends Error {
  override readonly name = "SimulationError";
  readonly code: "deadlock" | "storm" | "exit";
  readonly run: Run;

  constructor(code: SimulationError["code"], run: Run, message: string) {
    super(`${message}\n\n${account(run)}`);
    this.code = code;
    this.run = run;
  }
}

/** Nothing can happen any more, and the first process still waits. */
export function deadlocked(run: Run, root: LocalProcess): SimulationError {
  const wanted = root.clauses && Object.keys(root.clauses);
  const inMailbox = root.mailbox.toArray();
  const waits =
    root.status === 3
      ? "waits for a promise, which a simulation cannot run"
      : `waits for ${wanted ? wanted.map((tag) => `"${tag}"`).join(" or ") : "a message"}`;
  return new SimulationError(
    "deadlock",
    run,
    `Nothing more can happen, and ${root.pid} (${root.label}) still ${waits}. ` +
      `In its mailbox: ${inMailbox.length ? inMailbox.map((m) => format(m)).join(", ") : "nothing"}.`,
  );
}

/** It goes on and on. */
export function stormy(run: Run, maxReductions: number): SimulationError {
  return new SimulationError(
    "storm",
    run,
    `Still busy after ${maxReductions} steps: somebody never stops sending or calling itself.`,
  );
}

/**
 * The first process ended badly; an error keeps its class and gains the story,
 * if it takes one: it may be frozen, or the same as in the run before.
 */
export function failed(run: Run, reason: unknown): unknown {
  if (!(reason instanceof Error)) {
    return new SimulationError(
      "exit",
      run,
      `The first process ended with ${format(reason)}.`,
    );
  }
  // Not by `=`: a DOMException has its message from a getter.
  const give = (name: "message" | "run", value: unknown) =>
    Object.defineProperty(reason, name, {
      value,
      configurable: true,
      writable: true,
    });
  try {
    const [said] = String(reason.message).split(`\n\n${ACCOUNT}`);
    // Before the account is written, which prints the error as well.
    give("message", said);
    give("message", `${said}\n\n${account(run)}`);
    // For whoever looks into it, as they look into a SimulationError.
    return give("run", run);
  } catch {
    return reason;
  }
}

const ACCOUNT = "What happened (replay with seed ";

function account(run: Run): string {
  return `${ACCOUNT}${run.seed}):\n${exchange(run.trace)}`;
}
