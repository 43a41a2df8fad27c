// Misconception: whoever has served a client goes back to accept, whoever is there already
// Caught by: a client that has left leaves no process behind
import type { Process, Self } from "#runtime";
import {
  accept,
  type ListenSocket,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";

/** Takes one connection after the other. */
export function* acceptor(
  self: Self<TcpMessage>,
  listening: ListenSocket,
): Process {
  const result = yield* accept(self, listening);
  if (result[0] === "error") return;
  const [, socket] = result;
  self.spawn(acceptor, listening);
  yield* serve(self, socket);
  return acceptor(self, listening);
}

/** Sends back what comes, until the client leaves. */
function* serve(self: Self<TcpMessage>, socket: Socket): Process {
  let isOpen = true;
  while (isOpen) {
    isOpen = yield* self.receive({
      *tcp(_, data) {
        yield* send(self, socket, data);
        return true;
      },
      tcp_closed: () => false,
    });
  }
}
