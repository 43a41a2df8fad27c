// Misconception: work that is given to another process is done
// Caught by: no line waits in the mailbox while another is worked on
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
  const [, socket] = result;
  self.spawn(acceptor, listening, work);
  setopts(self, socket, { active: "once" });
  return serve(self, work);
}

/** Works on one line after the other, until the client leaves. */
function* serve(self: Self<TcpMessage>, work: Work): Process {
  let isOpen = true;
  while (isOpen) {
    isOpen = yield* self.receive({
      tcp(socket, line) {
        self.spawn(work, line);
        setopts(self, socket, { active: "once" });
        return true;
      },
      tcp_closed: () => false,
    });
  }
}
