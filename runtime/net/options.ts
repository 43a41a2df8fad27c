import { badarg } from "../core/errors.ts";
import { format } from "../core/format.ts";
import { type ActiveMode, isActiveMode, setMode } from "./active.ts";
import { isPacketType, type PacketType } from "./framing.ts";

/** Options of a connection. Erlang's are of the same names. */
export interface SocketOptions {
  /**
   * How messages are told apart on the wire: 1, 2 or 4 bytes of length before
   * each, `"line"` for lines that end in "\n", 0 for bytes as they come.
   * @defaultValue 0
   */
  readonly packet?: PacketType;
  /** Whether data comes as messages. @defaultValue true */
  readonly active?: ActiveMode;
}

/** Their names. */
export const OPTIONS: readonly string[] = ["packet", "active"];

/** Options of a listening socket; its connections start with the same. */
export interface ListenOptions extends SocketOptions {
  /** The address to listen on. @defaultValue "127.0.0.1" */
  readonly host?: string;
  /**
   * How many connections the operating system keeps until the program takes
   * them. In memory there is no such queue. @defaultValue 511
   */
  readonly backlog?: number;
}

export function checkPlace(
  name: string,
  host: string,
  port: number,
  lowest: number,
): void {
  if (typeof host !== "string" || host === "") {
    throw badarg(`${name}: ${String(host)} is no host. Write "127.0.0.1".`);
  }
  if (Number.isInteger(port) && port >= lowest && port <= 65_535) return;
  throw badarg(
    `${name}: ${String(port)} is no port. It is a number from ${lowest} to 65535.`,
  );
}

/** @throws badarg for an option that is none, as in Erlang, or a bad value. */
export function checkedOptions(
  name: string,
  options: SocketOptions,
  names: readonly string[],
) {
  const strange =
    typeof options === "object" && options !== null
      ? Object.keys(options).find((one) => !names.includes(one))
      : options;
  if (strange !== undefined) {
    throw badarg(
      `${name}: there is no option ${format(strange)}. There are ${names.join(", ")}.`,
    );
  }
  const { packet = 0, active = true } = options;
  if (!isPacketType(packet)) {
    throw badarg(
      `${name}: packet ${String(packet)}; 0, 1, 2, 4 or "line" is wanted.`,
    );
  }
  const change = isActiveMode(active) && setMode(false, active);
  if (!change) {
    throw badarg(
      `${name}: active ${String(active)}; true, false, "once" or a number is wanted.`,
    );
  }
  return { packet, active: change };
}
