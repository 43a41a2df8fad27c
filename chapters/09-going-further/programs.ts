import {
  type DownMessage,
  format,
  genServer,
  type Process,
  type Self,
} from "#runtime";
import { listen } from "#runtime/net";
import { chatNode } from "./chat-node.ts";
import { dispatcher } from "./dispatcher.ts";
import { door } from "./door.ts";
import type { Print } from "./rooms.ts";
import type { Program } from "./run-node.ts";

/** The node on which all others look for the dispatcher. */
export const FRONT = "dispatcher@127.0.0.1";

/** The dispatcher and its door; `failed` is told why there is none. */
export function dispatcherProgram(
  port: number,
  print: Print,
  failed: Print,
): Program {
  return function* top(self): Process {
    yield* genServer.startLink(self, dispatcher, [], { name: "dispatcher" });
    const result = yield* listen(self, port, { packet: 2 });
    if (result[0] === "error") {
      return failed(
        `The dispatcher cannot listen on port ${port} (${result[1]}). Stop the other program, or choose another port: npm run chapter 09 -- dispatcher ${port + 1}`,
      );
    }
    self.spawn(door, result[1], print);
    print(`The dispatcher is ready on port ${result[1].port}.`);
    yield* self.receive({ stop: () => {} });
  };
}

type ToTop = "stop" | "alone" | readonly ["opened", port: number] | DownMessage;

/** A chat node; `failed` is told why there is none. */
export function chatProgram(print: Print, failed: Print): Program {
  return function* top(here): Process {
    const self = here as unknown as Self<ToTop>;
    const server = ["dispatcher", FRONT] as const;
    self.spawnMonitor(chatNode, server as never, self.pid, 0);
    let isAlone = false;
    for (let goesOn = true; goesOn; ) {
      goesOn = yield* self.receive<boolean>({
        opened(port) {
          isAlone = false;
          print(`${self.node} is open on port ${port}.`);
          return true;
        },
        alone() {
          // It is asked for again and again, which needs to be said once.
          if (!isAlone) print(NO_DISPATCHER);
          isAlone = true;
          return true;
        },
        DOWN(_ref, _type, _pid, reason) {
          failed(`The chat node has ended: ${format(reason)}`);
          return false;
        },
        stop: () => false,
      });
    }
  };
}

const NO_DISPATCHER = `No dispatcher answers on ${FRONT}. Who is here can talk on; for others to come, start it: npm run chapter 09 -- dispatcher`;
