import type { Process } from "#runtime";
import { close, type Socket, send } from "#runtime/net";
import type { Here, Show } from "./client.ts";
import { decode } from "./wire.ts";

/** How long the chat may take to read what was said before a good-bye. */
const FAREWELL_LIMIT_MS = 5_000;

/**
 * Says good-bye and lets the chat hang up. Who hangs up first is told of no
 * lines any more, the connection breaks, and what the chat had not read is lost.
 */
export function* leaving(self: Here, socket: Socket, show: Show): Process {
  yield* send(self, socket, "stop");
  self.sendAfter(FAREWELL_LIMIT_MS, self.pid, "again");
  for (let isOpen = true; isOpen; ) {
    isOpen = yield* self.receive<boolean>({
      tcp(_, data) {
        const message = decode(data);
        if (message?.[0] === "msg") show(["heard", message[1]]);
        return true;
      },
      tcp_closed: () => false,
      again: () => false,
      // Said twice: whoever has no patience means now.
      quit: () => false,
    });
  }
  close(self, socket);
  show(["bye"]);
}
