// Misconception: a command is answered before it is obeyed
// Caught by: quit closes the connection, without an answer
import type { Process, Self } from "#runtime";
import {
  accept,
  close,
  type ListenSocket,
  listen,
  ok,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";

/** Listens until it is told to stop. */
export function* server(self: Self<"stop">, port: number): Process {
  const listening = ok(yield* listen(self, port, { packet: "line" }));
  self.spawn(acceptor, listening);
  yield* self.receive({ stop: () => close(self, listening) });
}

function* acceptor(self: Self<TcpMessage>, listening: ListenSocket): Process {
  const result = yield* accept(self, listening);
  if (result[0] === "error") return;
  self.spawn(acceptor, listening);
  return serve(self, result[1]);
}

/** Answers each line with its letters in reverse, until the client quits. */
function* serve(self: Self<TcpMessage>, socket: Socket): Process {
  return yield* self.receive({
    *tcp(_, data) {
      const line = new TextDecoder().decode(data).replace(/\n$/, "");
      if (line === "quit") {
        yield* send(self, socket, `${reversed(line)}\n`);
        return close(self, socket);
      }
      yield* send(self, socket, `${reversed(line)}\n`);
      return serve(self, socket);
    },
    tcp_closed: () => undefined,
  });
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
