import { after, type Process, type Self } from "#runtime";
import {
  close,
  connect,
  ok,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";
import type { Print } from "./echo.ts";

/** What the keyboard says: a line, or that there will be no more. */
export type FromKeyboard = [tag: "line", text: string] | "end";

type TerminalSelf = Self<TcpMessage | FromKeyboard>;

/** How long the server may be silent after the last line. */
const PATIENCE_MS = 500;

// #region terminal
/**
 * Sends the lines it is given and prints what comes back.
 *
 * @throws SocketError if nobody listens on the port.
 */
export function* terminal(
  self: TerminalSelf,
  port: number,
  print: Print,
): Process {
  const socket = ok(yield* connect(self, "127.0.0.1", port));
  print(`Connected to 127.0.0.1:${port}. Type a line; Ctrl+D ends.`);
  return converse(self, socket, print, Number.POSITIVE_INFINITY);
}
// #endregion

// #region converse
function* converse(
  self: TerminalSelf,
  socket: Socket,
  print: Print,
  patienceMs: number,
): Process {
  const go = () => converse(self, socket, print, patienceMs);
  return yield* self.receive(
    {
      *line(text) {
        yield* send(self, socket, `${text}\n`);
        return go();
      },
      tcp(_, data) {
        print(new TextDecoder().decode(data).trimEnd());
        return go();
      },
      end: () => converse(self, socket, print, PATIENCE_MS),
      tcp_closed: () => print("The server has closed the connection."),
      tcp_error: go,
    },
    after(patienceMs, () => close(self, socket)),
  );
}
// #endregion
