import { connect, createServer, type Socket } from "node:net";
import { DistributionError } from "./distribution-error.ts";
import {
  type FoundEpmd,
  findEpmd,
  portPlease,
  registerName,
} from "./epmd/index.ts";
import { splitNodeName } from "./node-name.ts";
import { SocketWire } from "./socket-wire.ts";
import type { Door, Entry, Place, Transport, Wire } from "./wire.ts";

/** How long another node may take to answer a call for a connection. */
const DIAL_LIMIT_MS = 7_000;

/** What is read from the machine at once, at most. */
const READ_BYTES = 65_536;

/** Sockets of the machine, and EPMD to find who listens where. */
export interface SocketTransportOptions {
  /**
   * The port of EPMD. Where none answers, one is started in this program.
   * @defaultValue `ERL_EPMD_PORT`, or 4369
   */
  readonly epmdPort?: number;
}

export function socketTransport(
  options: SocketTransportOptions = {},
): Transport {
  let found: Promise<FoundEpmd> | undefined;
  /** The local EPMD; only a node that registers itself starts one. */
  const here = () => {
    found ??= findEpmd(options.epmdPort);
    return found;
  };
  return {
    open: openDoor,
    async enter(nodeName, { port }, hidden): Promise<Entry> {
      const { name } = splitNodeName(nodeName);
      const { epmd, server } = await here();
      const registered = await registerName(epmd, { name, port, hidden });
      return {
        creation: registered.creation,
        close() {
          registered.close();
          void server?.close();
        },
      };
    },
    async find(nodeName): Promise<Place | undefined> {
      const { name, host } = splitNodeName(nodeName);
      const { epmd } = await here();
      const entry = await portPlease({ ...epmd, host }, name);
      return entry && { host, port: entry.port };
    },
    dial,
  };
}

function openDoor(
  { host, port }: Place,
  visit: (wire: Wire) => void,
): Promise<Door> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    visit(new SocketWire(socket));
  });
  return new Promise((resolve, reject) => {
    server.on("error", (cause) => {
      if (server.listening) return;
      const message = `Cannot listen on port ${port} of ${host}: ${cause.message}. Choose port 0 for any free one.`;
      reject(new DistributionError("unreachable", message, { cause }));
    });
    server.listen({ host, port }, () => {
      const address = server.address();
      const bound =
        address !== null && typeof address === "object" ? address.port : port;
      resolve({
        port: bound,
        close() {
          server.close();
          for (const socket of open) socket.destroy();
        },
      });
    });
  });
}

function dial({ host, port }: Place): Promise<Wire> {
  return new Promise((resolve, reject) => {
    let wire: SocketWire | undefined;
    const socket = connect({
      host,
      port,
      // Past the stream and into one buffer: a fifth of a round trip is saved.
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        callback(count, buffer) {
          // What is made of it may keep parts of it, so it gets a copy.
          wire?.arrived(Buffer.from(buffer.subarray(0, count)));
          return true;
        },
      },
    });
    const fail = (why: string) => {
      socket.destroy();
      const message = `Nobody answers on port ${port} of ${host}: ${why}`;
      reject(new DistributionError("unreachable", message));
    };
    const refused = (error: Error) => fail(error.message);
    socket.once("error", refused);
    socket.setTimeout(DIAL_LIMIT_MS, () => fail("it takes too long"));
    socket.once("connect", () => {
      socket.setTimeout(0);
      socket.off("error", refused);
      wire = new SocketWire(socket);
      resolve(wire);
    });
  });
}
