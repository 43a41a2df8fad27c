import type { Process, Self } from "#runtime";
import {
  accept,
  close,
  type ListenSocket,
  listen,
  peername,
  type Result,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";

// #region constants
/** Where the server listens if nobody says otherwise. */
export const DEFAULT_PORT = 9527;

const TCP_OPTIONS = { packet: 0, active: true } as const;
// #endregion

export type Print = (line: string) => void;

// #region server
/** Owns the listening socket, and lives as long as there is a server. */
export function* server(
  self: Self<"stop">,
  port: number,
  print: Print,
  started: (result: Result<ListenSocket>) => void,
): Process {
  const result = yield* listen(self, port, TCP_OPTIONS);
  started(result);
  if (result[0] === "error") return;
  const [, listening] = result;
  self.spawn(acceptor, listening, print);
  yield* self.receive({ stop: () => close(self, listening) });
}
// #endregion

// #region acceptor
/** Takes one connection, leaves the next to a new acceptor, and serves. */
export function* acceptor(
  self: Self<TcpMessage>,
  listening: ListenSocket,
  print: Print,
): Process {
  const result = yield* accept(self, listening);
  if (result[0] === "error") return;
  const [, socket] = result;
  self.spawn(acceptor, listening, print);
  const peer = peername(socket);
  if (peer[0] === "error") return close(self, socket);
  const [address, port] = peer[1];
  print(`New connection: ${address}:${port}`);
  return handleClient(self, socket, print);
}
// #endregion

// #region client
/** Sends back what comes, until the client leaves. */
export function* handleClient(
  self: Self<TcpMessage>,
  socket: Socket,
  print: Print,
): Process {
  return yield* self.receive({
    *tcp(_, data) {
      print(`Got a new message: ${asText(data)}`);
      yield* send(self, socket, data);
      return handleClient(self, socket, print);
    },
    tcp_closed: () => print("Closed a client connection"),
    _: () => handleClient(self, socket, print),
  });
}
// #endregion

// #region text
const decoder = new TextDecoder();

/** Bytes as text for a reader, quoted, so that "\n" is seen. */
export function asText(data: Uint8Array): string {
  return JSON.stringify(decoder.decode(data));
}
// #endregion
