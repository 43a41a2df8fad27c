import type { Step } from "../core/message.ts";
import type { LocalNode } from "../core/node.ts";
import type { LocalProcess } from "../core/process.ts";
import { Connection } from "./connection.ts";
import { type Inherited, Listening } from "./listening.ts";
import { networkOf, type Place } from "./network.ts";
import { Reply } from "./reply.ts";
import { failure, type Result } from "./result.ts";
import type { ListenSocket, Socket } from "./socket.ts";

/** How many sockets each node has made. */
const counts = new WeakMap<LocalNode, number>();

/** A number that no other socket of the node has. */
function nextId(node: LocalNode): string {
  const count = (counts.get(node) ?? 0) + 1;
  counts.set(node, count);
  return `${node.index}.${count}`;
}

/** Begins to listen, and waits until the network has said yes or no. */
export function* openListening(
  process: LocalProcess,
  [host, port]: Place,
  backlog: number,
  options: Inherited,
): Step<Result<ListenSocket>> {
  const { home } = process;
  const reply = new Reply<Result<ListenSocket>>(process);
  let listening: Listening | undefined;
  // The network may answer at once or later; only then is `stop` there.
  let stop = () => {};
  stop = networkOf(home).listen([host, port], backlog, {
    listening(actualPort) {
      if (reply.over) return;
      const id = () => nextId(home);
      listening = new Listening([host, actualPort], process, options, id, () =>
        stop(),
      );
      reply.give(["ok", listening as ListenSocket]);
    },
    refused: (reason) =>
      reply.give(failure(reason, { call: "listen", host, port })),
    connection(transport) {
      if (listening) listening.connection(transport);
      else transport.close();
    },
  });
  const never = Number.POSITIVE_INFINITY;
  return yield* reply.wait(never, () => failure("timeout"), stop);
}

/** Connects, and waits until the network has said yes or no. */
export function* openConnection(
  process: LocalProcess,
  [host, port]: Place,
  options: Inherited,
  timeoutMs: number,
): Step<Result<Socket>> {
  const { home } = process;
  const attempt = { call: "connect", host, port };
  const reply = new Reply<Result<Socket>>(process);
  const stop = networkOf(home).connect([host, port], {
    connected(transport) {
      if (reply.over) transport.close();
      else {
        const id = nextId(home);
        reply.give(["ok", new Connection(id, transport, process, options)]);
      }
    },
    refused: (reason) => reply.give(failure(reason, attempt)),
  });
  return yield* reply.wait(timeoutMs, () => failure("timeout", attempt), stop);
}
