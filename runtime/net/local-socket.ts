import { badarg } from "../core/errors.ts";
import { LocalProcess } from "../core/process.ts";
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
  const hint =
    socket instanceof LocalProcess
      ? "spawn gives a body its self by itself; what follows the body are the other arguments."
      : socket instanceof Listening
        ? "It listens; what is wanted is a connection, as accept gives it."
        : 'Take it out of the ["ok", socket] that accept or connect gave, for example with ok(…).';
  throw badarg(`${name}: ${String(socket)} is no such socket. ${hint}`);
}
