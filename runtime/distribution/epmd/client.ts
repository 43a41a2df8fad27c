import { EpmdError } from "./epmd-error.ts";
import { decodeNames } from "./names-response.ts";
import { ask, type Epmd, garbage } from "./question.ts";
import {
  DISTRIBUTION_VERSION,
  nameFrom,
  type Registration,
} from "./registration.ts";
import { decodePort, decodeRegistered, type Listed } from "./response.ts";

/** A name that EPMD keeps for this program, for as long as `close` is not called. */
export interface RegisteredName {
  /** Tells this life of the node from an earlier one of the same name. */
  readonly creation: number;
  /** Fulfilled when EPMD is gone, or after `close`: the name is nobody's then. */
  readonly lost: Promise<void>;
  close(): void;
}

/**
 * Tells EPMD the name and the port of a node (Erlang's `erl_epmd:register_node/3`).
 * The name is held by the connection and goes with it.
 *
 * @throws EpmdError `duplicate_name`, `bad_name`, `econnrefused`, `timeout`,
 * `closed` or `garbage_from_epmd`.
 */
export async function registerName(
  epmd: Epmd,
  node: Pick<Registration, "name" | "port"> & Partial<Registration>,
): Promise<RegisteredName> {
  checkName(node.name);
  const registration = {
    hidden: false,
    highestVersion: DISTRIBUTION_VERSION,
    lowestVersion: DISTRIBUTION_VERSION,
    extra: new Uint8Array(0),
    ...node,
  };
  const request = { kind: "register", registration } as const;
  const { result, socket } = await ask(epmd, request, (bytes) => {
    const answer = decodeRegistered(bytes);
    if (answer === "garbage") throw garbage(placeOf(epmd));
    return answer;
  });
  if (result === "taken") {
    socket.destroy();
    throw new EpmdError(
      "duplicate_name",
      `The name ${node.name} seems to be in use by another node on this machine. Choose another name, or stop that node.`,
    );
  }
  const lost = new Promise<void>((resolve) => {
    if (socket.closed) resolve();
    else socket.once("close", () => resolve());
  });
  // What else EPMD might say is read and dropped, so that its end is noticed.
  socket.resume();
  return { creation: result.creation, lost, close: () => socket.destroy() };
}

/**
 * Where the node of this name listens, the name without its `@host`; or
 * `undefined` if there is none (Erlang's `erl_epmd:port_please/2`).
 *
 * @throws EpmdError as {@link registerName}, but not `duplicate_name`.
 */
export async function portPlease(
  epmd: Epmd,
  name: string,
): Promise<Registration | undefined> {
  checkName(name);
  const request = { kind: "port_please", name } as const;
  const { result } = await ask(epmd, request, (bytes, ended) => {
    if (!ended) return "more";
    if (bytes.length === 0) return "more";
    const found = decodePort(bytes);
    if (found === "garbage") throw garbage(placeOf(epmd));
    return { found };
  });
  return result.found;
}

/**
 * Every node on the machine (Erlang's `net_adm:names/0`).
 *
 * @throws EpmdError `econnrefused`, `timeout`, `closed` or `garbage_from_epmd`.
 */
export async function names(epmd: Epmd): Promise<readonly Listed[]> {
  const { result } = await ask(epmd, { kind: "names" }, (bytes, ended) => {
    if (!ended || bytes.length === 0) return "more";
    const listed = decodeNames(bytes);
    if (listed === "garbage") throw garbage(placeOf(epmd));
    return listed;
  });
  return result;
}

function checkName(name: string): void {
  if (nameFrom(Buffer.from(name)) !== undefined) return;
  throw new EpmdError(
    "bad_name",
    `${JSON.stringify(name)} cannot be the name of a node. Choose 1 to 255 bytes without line breaks.`,
  );
}

function placeOf({ host = "127.0.0.1", port }: Epmd): string {
  return `port ${port} on ${host}`;
}
