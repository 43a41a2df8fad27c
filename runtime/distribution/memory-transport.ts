import { DistributionError } from "./distribution-error.ts";
import { memoryWires } from "./memory-wire.ts";
import type { Door, Entry, Place, Transport, Wire } from "./wire.ts";

/**
 * A network in the memory of one program, with its own directory of nodes.
 * The nodes that share it can reach one another and nobody else; what they
 * say is, byte for byte, what they would say over sockets.
 */
export function memoryTransport(): Transport {
  const doors = new Map<number, (wire: Wire) => void>();
  const places = new Map<string, Place>();
  let lastPort = 0;
  // 0 means "any" to Erlang, and 1 to 3 are what nodes before OTP 23 use.
  let lastCreation = 3;
  return {
    async open({ port: wanted }, visit): Promise<Door> {
      const port = wanted || ++lastPort;
      doors.set(port, visit);
      return { port, close: () => void doors.delete(port) };
    },
    async enter(nodeName, place): Promise<Entry> {
      if (places.has(nodeName)) {
        throw new DistributionError(
          "already_started",
          `A node named ${nodeName} is on this network already. Stop it, or ` +
            "choose another name.",
        );
      }
      places.set(nodeName, place);
      return {
        creation: ++lastCreation,
        close: () => void places.delete(nodeName),
      };
    },
    find: async (nodeName) => places.get(nodeName),
    async dial({ host, port }): Promise<Wire> {
      const visit = doors.get(port);
      if (visit === undefined) {
        throw new DistributionError(
          "unreachable",
          `Nothing listens on port ${port} of ${host} in memory.`,
        );
      }
      const [here, there] = memoryWires();
      visit(there);
      return here;
    },
  };
}
