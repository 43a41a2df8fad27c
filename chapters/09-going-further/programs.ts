import { type DownMessage, genServer, type Process, type Self } from "#runtime";
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

type ToTop = "stop" | readonly ["opened", port: number] | DownMessage;

/** A chat node; `failed` is told why there is none. */
export function chatProgram(print: Print, failed: Print): Program {
  return function* top(here): Process {
    const self = here as unknown as Self<ToTop>;
    const server = ["dispatcher", FRONT] as const;
    const dispatcherWatch = self.monitor(server);
    self.spawnMonitor(chatNode, server as never, self.pid, 0);
    const isOpen = yield* self.receive({
      opened(port) {
        print(`${self.node} is open on port ${port}.`);
        return true;
      },
      DOWN: () => false,
      stop: () => false,
    });
    if (!isOpen) return failed(NO_DISPATCHER);
    for (let goesOn = true; goesOn; ) {
      goesOn = yield* self.receive<boolean>({
        DOWN(ref) {
          // Those who are in a room need no dispatcher; newcomers do.
          if (ref === dispatcherWatch) print(DISPATCHER_GONE);
          return ref === dispatcherWatch;
        },
        stop: () => false,
      });
    }
  };
}

const NO_DISPATCHER = `No dispatcher answers on ${FRONT}. Start it first: npm run chapter 09 -- dispatcher`;
const DISPATCHER_GONE =
  "The dispatcher has gone. Who is here can talk on; for others to come, start it again, and then this node.";
