import type { DownMessage, GenServer, Pid, Server } from "#runtime";

// #region room
export type ToMember = readonly ["hear", line: string];
export type Member = Pid<ToMember>;
export interface Room {
  call: { join(member: Member, name: string): "ok" };
  cast: { say(member: Member, text: string): void; crash(): void };
  info: DownMessage;
}
export type RoomServer = Server<Room>;

/** Knows who is in one room, and tells them what is said there. */
export const room: GenServer<Room, ReadonlyMap<Pid, string>> = {
  name: "room",
  init: () => ["ok", new Map()],
  handleCall: {
    join(self, members, member, name) {
      self.monitor(member);
      return ["reply", "ok", new Map(members).set(member, name)];
    },
  },
  handleCast: {
    say(self, members, member, text) {
      for (const pid of members.keys()) {
        self.send(pid as Member, ["hear", `${members.get(member)}: ${text}`]);
      }
      return ["noreply", members];
    },
    crash: (self) => self.exit("crashed"),
  },
  handleInfo: {
    DOWN: (_self, members, _ref, _type, gone) => [
      "noreply",
      new Map([...members].filter(([pid]) => pid !== gone)),
    ],
  },
};
// #endregion
