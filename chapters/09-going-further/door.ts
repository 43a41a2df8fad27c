import { after, genServer, type Process, type Self } from "#runtime";
import {
  accept,
  close,
  type ListenSocket,
  send,
  type TcpMessage,
} from "#runtime/net";
import type { Dispatcher } from "./dispatcher.ts";
import type { Print } from "./rooms.ts";

/** How long somebody may take to name a room. */
const ROOM_LIMIT_MS = 30_000;

const text = new TextDecoder();

// #region door
/** Where clients ask the dispatcher: in goes a room, out comes a port. */
export function* door(
  self: Self<TcpMessage>,
  listening: ListenSocket,
  print: Print,
): Process {
  const accepted = yield* accept(self, listening);
  if (accepted[0] === "error") return;
  self.spawn(door, listening, print);
  const [, socket] = accepted;
  const room = yield* self.receive(
    {
      tcp: (_socket, data) => text.decode(data),
      tcp_closed: () => undefined,
    },
    after(ROOM_LIMIT_MS, () => undefined),
  );
  if (room !== undefined) {
    const request = ["place", room] as const;
    const place = yield* genServer.call<Dispatcher, typeof request>(
      self,
      "dispatcher",
      request,
    );
    print(`Somebody wants to be in ${room}: ${place}`);
    yield* send(self, socket, `${place}`);
  }
  close(self, socket);
}
// #endregion
