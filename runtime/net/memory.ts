import type { LocalNode } from "../core/node.ts";
import type { LocalPid } from "../core/pid.ts";
import { MemoryEnd, type Travel } from "./memory-end.ts";
import type { Network, Reception } from "./network.ts";

/** The first of the ports that are given to those who ask for any. */
const FIRST_FREE_PORT = 49_152;
const LAST_PORT = 65_535;

const ANY_ADDRESS = "0.0.0.0";
/** Takes those who come to an IPv4 address as well. */
const ANY_ADDRESS_6 = "::";

/**
 * A network inside the program, in which everything happens at once. In a
 * simulation bytes travel as signals do, so that their delays vary with the
 * seed; the bytes of one direction keep their order.
 */
export function memoryNetwork(node: LocalNode | undefined): Network {
  const receptions = new Map<string, Reception>();
  let lastPort = FIRST_FREE_PORT - 1;
  let lastEnd = 0;

  const travel: Travel = (from, to, arrive) => {
    // A courier keeps the order between two names, and asks no more of them.
    if (node?.courier === undefined) arrive();
    else {
      node.courier(
        from as unknown as LocalPid,
        to as unknown as LocalPid,
        arrive,
      );
    }
  };

  /** Who listens there, be it to all addresses. */
  const receptionAt = (host: string, port: number) =>
    receptions.get(`${host} ${port}`) ??
    (host.includes(":")
      ? undefined
      : receptions.get(`${ANY_ADDRESS} ${port}`)) ??
    receptions.get(`${ANY_ADDRESS_6} ${port}`);

  const isTaken = (host: string, port: number) =>
    receptionAt(host, port) !== undefined ||
    ((host === ANY_ADDRESS || host === ANY_ADDRESS_6) &&
      [...receptions.keys()].some((place) => place.endsWith(` ${port}`)));

  // Round and round, as a system does: ports are 16 bits.
  const freePort = (host: string): number | undefined => {
    for (let tried = FIRST_FREE_PORT; tried <= LAST_PORT; tried++) {
      lastPort = lastPort === LAST_PORT ? FIRST_FREE_PORT : lastPort + 1;
      if (!isTaken(host, lastPort)) return lastPort;
    }
    return undefined;
  };

  return {
    listen([name, wanted], _backlog, reception) {
      const host = addressOf(name);
      const port = wanted || freePort(host ?? "");
      if (host === undefined) reception.refused("nxdomain");
      else if (port === undefined || isTaken(host, port)) {
        reception.refused("eaddrinuse");
      } else {
        receptions.set(`${host} ${port}`, reception);
        reception.listening(port);
        return () => void receptions.delete(`${host} ${port}`);
      }
      return () => {};
    },
    connect([name, port], dialling) {
      const host = addressOf(name === ANY_ADDRESS ? "localhost" : name);
      const reception = receptionAt(host ?? "", port);
      if (host === undefined) dialling.refused("nxdomain");
      else if (reception === undefined) dialling.refused("econnrefused");
      else {
        const near = new MemoryEnd(++lastEnd, [host, port], travel);
        const far = new MemoryEnd(
          ++lastEnd,
          [host, freePort("") ?? lastPort],
          travel,
        );
        near.other = far;
        far.other = near;
        reception.connection(far);
        dialling.connected(near);
      }
      return () => {};
    },
  };
}

/** There is no name service here: addresses, and the one name all know. */
function addressOf(host: string): string | undefined {
  if (host === "localhost") return "127.0.0.1";
  if (host.includes(":")) return /^[\da-f:.]+$/i.test(host) ? host : undefined;
  const numbers = host.split(".").filter((one) => /^\d{1,3}$/.test(one));
  const isAddress = numbers.length === 4 && numbers.join(".") === host;
  return isAddress && numbers.every((one) => +one <= 255) ? host : undefined;
}
