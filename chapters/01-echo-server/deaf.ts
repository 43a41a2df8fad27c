import type { Process, Self } from "#runtime";
import {
  accept,
  type ListenSocket,
  ok,
  peername,
  send,
  type TcpMessage,
} from "#runtime/net";
import { asText, handleClient, type Print } from "./echo.ts";

// #region deaf
/** Serves the client itself, and only then listens for the next. */
export function* deaf(
  self: Self<TcpMessage>,
  listening: ListenSocket,
  print: Print,
): Process {
  const socket = ok(yield* accept(self, listening));
  let isOpen = true;
  while (isOpen) {
    isOpen = yield* self.receive({
      *tcp(_, data) {
        print(`Got a new message: ${asText(data)}`);
        yield* send(self, socket, data);
        return true;
      },
      tcp_closed: () => false,
    });
  }
  return deaf(self, listening, print);
}
// #endregion

// #region brittle
/** The article's order: the peer's name first, the next acceptor after it. */
export function* brittle(
  self: Self<TcpMessage>,
  listening: ListenSocket,
  print: Print,
): Process {
  const socket = ok(yield* accept(self, listening));
  const [address, port] = ok(peername(socket));
  print(`New connection: ${address}:${port}`);
  self.spawn(brittle, listening, print);
  return handleClient(self, socket, print);
}
// #endregion
