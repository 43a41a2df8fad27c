import {
  type ChildSpec,
  type DownMessage,
  type Pid,
  type Process,
  type Self,
  supervisor,
} from "#runtime";
import type { Print } from "./worker.ts";

export type ToConnection =
  | [tag: "type", text: string]
  | [tag: "hear", line: string]
  | "cut";
type ToDesk =
  | [tag: "join", connection: Pid<ToConnection>, client: string]
  | [tag: "say", from: Pid<ToConnection>, text: string]
  | DownMessage;
type Members = ReadonlyMap<Pid, string>;

// #region connection
/** One client. What it hears is printed; a real one would write to a socket. */
export function* connection(
  self: Self<ToConnection>,
  room: string,
  client: string,
  print: Print,
): Process {
  self.register(client);
  self.send(`desk of ${room}`, ["join", self.pid, client]);
  for (;;) {
    yield* self.receive({
      type: (text) => self.send(`desk of ${room}`, ["say", self.pid, text]),
      hear: (line) => print(`${client} hears: ${line}`),
      cut: () => self.exit("connection_lost"),
    });
  }
}
// #endregion

// #region desk
/** Knows who is in the room, and tells them what there is to tell. */
function* desk(self: Self<ToDesk>, members: Members): Process {
  const tell = (listeners: Members, line: string, but?: Pid) => {
    for (const pid of listeners.keys()) {
      if (pid !== but) self.send<ToConnection>(pid, ["hear", line]);
    }
  };
  return yield* self.receive({
    join: (pid, client) => {
      self.monitor(pid);
      tell(members, `${client} has come in`);
      return desk(self, new Map([...members, [pid, client]]));
    },
    say: (from, text) => {
      tell(members, `${members.get(from)}: ${text}`, from);
      return desk(self, members);
    },
    DOWN: (_ref, _type, gone) => {
      const left = new Map([...members].filter(([pid]) => pid !== gone));
      tell(left, `${members.get(gone as Pid)} is offline`);
      return desk(self, left);
    },
  });
}
// #endregion

// #region lobby
/** The connections of a room: any number of them, never restarted. */
function connections(room: string, print: Print): ChildSpec {
  const one: ChildSpec = {
    id: "connection",
    start: (self, client: string) => [
      "ok",
      self.spawnLink(connection, room, client, print),
    ],
    restart: "temporary",
  };
  const flags = { strategy: "simple_one_for_one" } as const;
  return {
    id: "connections",
    type: "supervisor",
    start: (self) => supervisor.startLink(self, flags, [one], { name: room }),
  };
}

/** A room: the desk, and behind it those who cannot do without it. */
export function room(name: string, print: Print): ChildSpec {
  const start: ChildSpec["start"] = (self) => {
    const pid = self.spawnLink(desk, new Map());
    self.register(`desk of ${name}`, pid);
    return ["ok", pid];
  };
  const children = [{ id: "desk", start }, connections(name, print)];
  const flags = { strategy: "rest_for_one" } as const;
  return {
    id: `room ${name}`,
    type: "supervisor",
    start: (self) => supervisor.startLink(self, flags, children),
  };
}
// #endregion
