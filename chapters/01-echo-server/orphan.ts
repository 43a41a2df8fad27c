import type { Process, Self } from "#runtime";
import {
  accept,
  controllingProcess,
  type ListenSocket,
  listen,
  ok,
  type TcpMessage,
} from "#runtime/net";
import { acceptor, handleClient, type Print } from "./echo.ts";

// #region orphan
/** Gives the work away, but not the socket. */
export function* orphaning(
  self: Self<TcpMessage>,
  listening: ListenSocket,
  print: Print,
): Process {
  const socket = ok(yield* accept(self, listening));
  self.spawn(handleClient, socket, print);
  self.spawn(orphaning, listening, print);
  // It ends here, and what it owns ends with it.
}
// #endregion

// #region hoarder
/** Stays alive, and gets the messages that its handlers wait for. */
export function* hoarding(
  self: Self<TcpMessage>,
  listening: ListenSocket,
  print: Print,
): Process {
  const socket = ok(yield* accept(self, listening));
  self.spawn(handleClient, socket, print);
  return hoarding(self, listening, print);
}
// #endregion

// #region handover
/** One acceptor for all; each socket goes to the process that serves it. */
export function* handingOver(
  self: Self<TcpMessage>,
  listening: ListenSocket,
  print: Print,
): Process {
  const socket = ok(yield* accept(self, listening));
  const handler = self.spawn(handleClient, socket, print);
  controllingProcess(self, socket, handler);
  return handingOver(self, listening, print);
}
// #endregion

// #region starter
/** The article's start: whoever calls it owns the listening socket. */
export function* starter(
  self: Self<never>,
  port: number,
  print: Print,
): Process {
  const listening = ok(yield* listen(self, port));
  self.spawn(acceptor, listening, print);
}
// #endregion
