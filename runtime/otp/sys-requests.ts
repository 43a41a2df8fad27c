import { when } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Self } from "../core/self.ts";
import type { GenServer } from "./gen-server-callbacks.ts";
import type { Protocol } from "./protocol.ts";
import { type Status, shownState } from "./status.ts";

/** What a system message may look into and change. */
export interface Debugged {
  readonly self: Self<never>;
  readonly parent: Pid;
  callbacks: GenServer<Protocol, unknown, never[]>;
  state: unknown;
  isSuspended: boolean;
  terminate(reason: ExitReason): Step<never>;
}

type Question = "get_state" | "get_status" | "suspend" | "resume";

export type Request =
  | Question
  | readonly ["terminate", reason: ExitReason]
  | readonly ["replace_state", change: (state: unknown) => unknown]
  | readonly ["change_code", callbacks: unknown, extra: unknown];

export type SystemMessage = readonly [
  "$system",
  from: readonly [Pid<unknown>, Ref],
  request: Request,
];

/** All that a suspended server takes; the rest waits in its mailbox. */
export function systemOnly(parent: Pid) {
  return {
    $system: (...fields: unknown[]) => ["$system", ...fields],
    EXIT: when<[from: unknown, reason: unknown], unknown>(
      (from) => from === parent,
      (...fields) => ["EXIT", ...fields],
    ),
  } as never;
}

/** What a function threw that was to make another state. */
export class Failure {
  readonly failed: unknown;
  constructor(failed: unknown) {
    this.failed = failed;
  }
}

/** A server's side: answers between two messages, never inside one. */
export function* handleSystem(
  server: Debugged,
  [, [pid, ref], request]: SystemMessage,
): Step<void> {
  if (typeof request !== "string" && request[0] === "terminate") {
    return yield* server.terminate(request[1]);
  }
  server.self.send(pid, ["$system_reply", ref, outcomeOf(server, request)]);
}

function outcomeOf(
  server: Debugged,
  request: Exclude<Request, readonly ["terminate", ...unknown[]]>,
): unknown {
  if (typeof request === "string") return answerTo(server, request);
  if (request[0] === "replace_state") {
    try {
      server.state = request[1](server.state);
      return server.state;
    } catch (thrown) {
      return new Failure(thrown);
    }
  }
  return changeCode(server, request[1] as Debugged["callbacks"], request[2]);
}

function answerTo(server: Debugged, question: Question): unknown {
  switch (question) {
    case "get_state":
      return server.state;
    case "get_status":
      return statusOf(server);
    case "suspend":
      server.isSuspended = true;
      return "ok";
    case "resume":
      server.isSuspended = false;
      return "ok";
  }
}

function statusOf(server: Debugged): Status {
  const { self, parent, callbacks, state, isSuspended } = server;
  return {
    pid: self.pid,
    name: callbacks.name,
    running: isSuspended ? "suspended" : "running",
    parent,
    state: shownState(callbacks, state),
  };
}

function changeCode(
  server: Debugged,
  next: Debugged["callbacks"],
  extra: unknown,
): unknown {
  if (next.codeChange) {
    const old = server.callbacks.version;
    try {
      const result = next.codeChange(old, server.state as never, extra);
      if (result[0] !== "ok") return result;
      server.state = result[1];
    } catch (thrown) {
      // The old callbacks go on with the old state, as if nothing had been.
      return ["error", thrown];
    }
  }
  server.callbacks = next;
  return "ok";
}
