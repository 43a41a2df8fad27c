import {
  type DownMessage,
  type From,
  type GenServer,
  genServer,
  type Pid,
  processInfo,
  type Self,
} from "#runtime";

/** What a client's process is told. */
export type ToClient = readonly ["msg", text: string] | "stop";
export type Client = Pid<ToClient>;

// #region protocol
export interface Clients {
  call: {
    join(client: Client, name: string): "ok" | "taken";
    say(client: Client, text: string): "said";
    closeAll(): "closed";
  };
  info: DownMessage;
}
// #endregion

interface Room {
  readonly members: ReadonlyMap<Pid, string>;
  /** How often everybody was told something. */
  readonly told: number;
  /** Who waits until the last one has gone. */
  readonly closing?: From<"closed">;
}

// #region clients
/** Knows who is there, and tells everybody what anybody says. */
export const clients: GenServer<Clients, Room> = {
  name: "clients",
  init: () => ["ok", { members: new Map(), told: 0 }],
  handleCall: {
    join(self, room, client, name) {
      if ([...room.members.values()].includes(name)) {
        return ["reply", "taken", room];
      }
      self.monitor(client);
      const after = tell(self, room, `${name} joined`);
      const members = new Map(room.members).set(client, name);
      return ["reply", "ok", { ...after, members }];
    },
    say(self, room, client, text) {
      const line = `${room.members.get(client)}: ${text}`;
      return ["reply", "said", tell(self, room, line)];
    },
    closeAll(self, room, from) {
      if (room.members.size === 0) return ["reply", "closed", room];
      for (const client of room.members.keys())
        self.send(client as Client, "stop");
      return ["noreply", { ...room, closing: from }];
    },
  },
  handleInfo: {
    DOWN: (self, room, _ref, _type, client) => forget(self, room, client),
  },
};
// #endregion

// #region behind
/** So many messages, and one from each member, may wait for a client. */
const MOST_UNREAD = 250;
/** To look at all of them each time would cost more than to tell them. */
const LOOK_EVERY = 50;

function tell(self: Self<DownMessage>, room: Room, text: string): Room {
  for (const client of room.members.keys()) {
    self.send(client as Client, ["msg", text]);
  }
  const told = room.told + 1;
  if (told % LOOK_EVERY === 0) endThoseBehind(self, room);
  return { ...room, told };
}

/** Who does not read has a mailbox that would fill the memory. */
function endThoseBehind(self: Self<DownMessage>, { members }: Room): void {
  for (const client of members.keys()) {
    const unread = processInfo(client)?.messageQueueLength ?? 0;
    if (unread > MOST_UNREAD + members.size) self.sendExit(client, "behind");
  }
}
// #endregion

// #region forget

/** However a client has ended, there is one place where that is noticed. */
function forget(self: Self<DownMessage>, room: Room, client: unknown) {
  const members = new Map(room.members);
  members.delete(client as Pid);
  const left = { ...room, members };
  if (room.closing === undefined) {
    const line = `${room.members.get(client as Pid)} left`;
    return ["noreply", tell(self, left, line)] as const;
  }
  if (members.size === 0) genServer.reply(self, room.closing, "closed");
  return ["noreply", left] as const;
}
// #endregion
