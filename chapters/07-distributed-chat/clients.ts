import {
  type DownMessage,
  type From,
  type GenServer,
  genServer,
  type Pid,
  type Self,
} from "#runtime";

/** What a client's process is told. */
export type ToClient = readonly ["msg", text: string] | "stop";
export type Client = Pid<ToClient>;

// #region protocol
export interface Clients {
  call: {
    join(client: Client, name: string): "ok" | "taken";
    closeAll(): "closed";
  };
  cast: { say(client: Client, text: string): void };
  info: DownMessage;
}
// #endregion

interface Room {
  readonly members: ReadonlyMap<Pid, string>;
  /** Who waits until the last one has gone. */
  readonly closing?: From<"closed">;
}

// #region clients
/** Knows who is there, and tells everybody what anybody says. */
export const clients: GenServer<Clients, Room> = {
  name: "clients",
  init: () => ["ok", { members: new Map() }],
  handleCall: {
    join(self, room, client, name) {
      if ([...room.members.values()].includes(name)) {
        return ["reply", "taken", room];
      }
      self.monitor(client);
      tell(self, room, `${name} joined`);
      const members = new Map(room.members).set(client, name);
      return ["reply", "ok", { ...room, members }];
    },
    closeAll(self, room, from) {
      if (room.members.size === 0) return ["reply", "closed", room];
      for (const client of room.members.keys())
        self.send(client as Client, "stop");
      return ["noreply", { ...room, closing: from }];
    },
  },
  handleCast: {
    say(self, room, client, text) {
      tell(self, room, `${room.members.get(client)}: ${text}`);
      return ["noreply", room];
    },
  },
  handleInfo: {
    DOWN: (self, room, _ref, _type, client) => forget(self, room, client),
  },
};
// #endregion

// #region forget
function tell(self: Self<DownMessage>, room: Room, text: string): void {
  for (const client of room.members.keys()) {
    self.send(client as Client, ["msg", text]);
  }
}

/** However a client has ended, there is one place where that is noticed. */
function forget(self: Self<DownMessage>, room: Room, client: unknown) {
  const members = new Map(room.members);
  members.delete(client as Pid);
  const left = { ...room, members };
  if (room.closing === undefined) {
    tell(self, left, `${room.members.get(client as Pid)} left`);
  } else if (members.size === 0) {
    genServer.reply(self, room.closing, "closed");
  }
  return ["noreply", left] as const;
}
// #endregion
