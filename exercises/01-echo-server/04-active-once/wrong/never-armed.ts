// Misconception: a socket that is accepted sends messages by itself
// Caught by: every line is worked on, in order
import type { Process, Self, Step } from "#runtime";
import {
  accept,
  type ListenSocket,
  setopts,
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
  self.spawn(acceptor, listening, work);
  return serve(self, work);
}

/** Works on one line after the other, until the client leaves. */
function* serve(self: Self<TcpMessage>, work: Work): Process {
  let isOpen = true;
  while (isOpen) {
    isOpen = yield* self.receive({
      *tcp(socket, line) {
        yield* work(self, line);
        setopts(self, socket, { active: "once" });
        return true;
      },
      tcp_closed: () => false,
    });
  }
}
