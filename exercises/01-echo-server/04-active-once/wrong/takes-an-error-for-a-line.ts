// Misconception: recv gives lines, and the handler ends when there are no more
// Caught by: the handler ends when its client has left
import type { Process, Self, Step } from "#runtime";
import {
  accept,
  type ListenSocket,
  recv,
  type Socket,
  type TcpMessage,
} from "#runtime/net";

/** Works on one line. It takes its time. */
export type Work = (self: Self<TcpMessage>, line: Uint8Array) => Step<void>;

/** Takes one connection, leaves the next to a new acceptor, and serves. */
export function* acceptor(
  self: Self<TcpMessage>,
  listening: ListenSocket,
  work: Work,
): Process {
  const result = yield* accept(self, listening);
  if (result[0] === "error") return;
  const [, socket] = result;
  self.spawn(acceptor, listening, work);
  return serve(self, socket, work);
}

/** Works on one line after the other, until the client leaves. */
function* serve(self: Self<TcpMessage>, socket: Socket, work: Work): Process {
  for (;;) {
    const result = yield* recv(self, socket, 0);
    yield* work(self, result[1] as Uint8Array);
  }
}
