import { badarg } from "../core/errors.ts";
import { Connection } from "./connection.ts";
import { Listening } from "./listening.ts";

/** What is behind any socket. */
export function socketOf(
  socket: unknown,
  name: string,
): Connection | Listening {
  if (socket instanceof Listening) return socket;
  return connectionOf(socket, name);
}

/** What is behind the socket of a connection. */
export function connectionOf(socket: unknown, name: string): Connection {
  if (socket instanceof Connection) return socket;
  throw badarg(
    `${name}: ${String(socket)} is no such socket. Take it out of the ` +
      '["ok", socket] that accept or connect gave, for example with ok(…).',
  );
}
