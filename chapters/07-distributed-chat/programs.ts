import {
  genServer,
  type Process,
  type Self,
  type Server,
  supervisor,
} from "#runtime";
import { type Chat, chat } from "./chat.ts";
import type { Print } from "./conversation.ts";
import type { Program } from "./run-node.ts";
import { validator } from "./validator.ts";

/** What a server says once it can be used. */
export type Ready = (port: number) => void;

// #region validator
const child = {
  id: "validator",
  start: (parent: Self<never>) =>
    genServer.startLink(parent, validator, [], { name: "validator" }),
};

/** The validator, under a supervisor that starts it again. */
export function validatorProgram(print: Print, ready: Ready): Program {
  return function* top(self): Process {
    yield* supervisor.startLink(self, {}, [child]);
    print(`The validator is ready on ${self.node}.`);
    ready(0);
    yield* self.receive({ stop: () => {} });
  };
}
// #endregion

/** The chat; `failed` is told in a sentence why there is none. */
export function chatProgram(
  port: number,
  validatorNode: string,
  print: Print,
  ready: Ready,
  failed: Print,
): Program {
  return function* top(self): Process {
    self.trapExit(true);
    const options = { port, validatorNode, print };
    const named = { name: "chat" };
    const started = yield* genServer.startLink(self, chat, [options], named);
    if (started === "ignore" || started[0] === "error") {
      return failed(sentence(started[1], port, validatorNode));
    }
    const server: Server<Chat> = started[1];
    const open = yield* genServer.call(self, server, "port");
    print(`The chat is ready on ${self.node}, port ${open}.`);
    ready(open);
    yield* self.receive<void | Process>({ stop: () => {}, _: () => {} });
    yield* stopped(self, server);
  };
}

function* stopped<M>(self: Self<M>, server: Server<Chat>): Process {
  try {
    yield* genServer.stop(self, server);
  } catch {
    // It has ended by itself, and its report has said why.
  }
}

function sentence(reason: unknown, port: number, node: string): string {
  const [what, why] = Array.isArray(reason) ? reason : [reason];
  if (what === "validator") {
    return `No validator answers on ${node} (${why}). Start it first: npm run chapter 07 -- validator`;
  }
  if (why === "eaddrinuse" || why === "eacces") {
    const trouble =
      why === "eacces"
        ? "is not for this user, or kept by the system. Choose"
        : "is taken. Stop the other program, or choose";
    return `Port ${port} ${trouble} another port: npm run chapter 07 -- all ${port + 1}, or chat ${port + 1} beside a validator that runs.`;
  }
  return `The chat cannot start: ${what} ${why ?? ""}`;
}
