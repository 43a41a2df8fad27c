import {
  type ChildSpec,
  type DownMessage,
  type ExitMessage,
  genServer,
  type Process,
  type Self,
  supervisor,
} from "#runtime";
import { type Member, type Room, room, type ToMember } from "./room.ts";

export type Print = (line: string) => void;

// #region house
/** One room as a subtree: the desk, and behind it the guests of this room. */
function roomTree(name: string, print: Print): ChildSpec {
  const desk: ChildSpec = {
    id: "desk",
    start: (self) => genServer.startLink(self, room, [], { name }),
  };
  const one: ChildSpec = {
    id: "guest",
    restart: "temporary",
    start: (self, who: string) => [
      "ok",
      self.spawnLink(guest, name, who, print),
    ],
  };
  const guests: ChildSpec = {
    id: "guests",
    type: "supervisor",
    start: (self) =>
      supervisor.startLink(self, { strategy: "simple_one_for_one" }, [one], {
        name: `guests of ${name}`,
      }),
  };
  return {
    id: name,
    type: "supervisor",
    start: (self) =>
      supervisor.startLink(self, { intensity: 3 }, [desk, guests]),
  };
}
// #endregion

// #region guest
/** Hears its room, is told when the room fails, and goes back in. */
function* guest(
  self: Self<ToMember | DownMessage>,
  name: string,
  who: string,
  print: Print,
): Process {
  const desk = self.whereis(name);
  if (desk === undefined) {
    yield* self.sleep(5);
    return guest(self, name, who, print);
  }
  self.monitor(desk);
  const join = ["join", self.pid, who] as const;
  yield* genServer.call<Room, typeof join>(self, name, join);
  self.register(who);
  return yield* listening(self, name, who, print);
}

function* listening(
  self: Self<ToMember | DownMessage>,
  name: string,
  who: string,
  print: Print,
): Process {
  return yield* self.receive({
    hear: (line) => {
      print(`${who} hears: ${line}`);
      return listening(self, name, who, print);
    },
    DOWN: (_ref, _type, _pid, reason) => {
      print(`${who} is told: ${name} has ${reason}`);
      self.unregister(who);
      return guest(self, name, who, print);
    },
  });
}
// #endregion

// #region evening
export function* rooms(self: Self<ExitMessage>, print: Print): Process {
  self.trapExit(true);
  const trees = ["tea", "coffee"].map((name) => roomTree(name, print));
  const house = yield* supervisor.startLink(self, {}, trees);
  if (house[0] !== "ok") return self.exit("no house");
  yield* supervisor.startChild(self, "guests of tea", ["Ann"]);
  yield* supervisor.startChild(self, "guests of coffee", ["Cid"]);
  yield* self.sleep(10);
  print("-- tea crashes");
  genServer.cast<Room>(self, "tea", "crash");
  yield* self.sleep(10);
  for (const [name, who] of [
    ["tea", "Ann"],
    ["coffee", "Cid"],
  ] as const) {
    const pid = self.whereis(who) as Member | undefined;
    if (pid) genServer.cast<Room>(self, name, ["say", pid, "still here"]);
    yield* self.sleep(10);
  }
  self.sendExit(house[1], "shutdown");
  yield* self.receive({ EXIT: () => {} });
}
// #endregion
