import {
  type ChildSpec,
  type ChildStart,
  type Pid,
  type Process,
  type Self,
  type StartResult,
  type Step,
  type Supervisor,
  supervisor,
} from "#runtime";

export type ToRoom = "close" | "crash";

/** A room is open until it is closed. */
export function* room(self: Self<ToRoom>): Process {
  yield* self.receive({ close: () => {}, crash: () => self.exit("crash") });
}

/** Starts the room of this name, for the supervisor whose `self` it gets. */
export function startRoom(self: Self<never>, name: string): ChildStart {
  const present = self.whereis(name);
  if (present) return ["error", ["already_started", present]];
  const pid = self.spawnLink(room);
  self.register(name, pid);
  return ["ok", pid];
}

// TODO(you): a house in which every name has a room of its own.

/** Starts the supervisor of the rooms. There are none yet. */
export function openHouse(self: Self<never>): Step<StartResult<Supervisor>> {
  const lobby: ChildSpec = {
    id: "room",
    start: (it) => startRoom(it, "lobby"),
  };
  const flags = { intensity: 5, periodMs: 10_000 };
  return supervisor.startLink(self, flags, [lobby]);
}

/** The room of this name; it is opened if there is none. */
export function* enter(
  self: Self<never>,
  _house: Supervisor,
  _name: string,
): Step<Pid | undefined> {
  return self.whereis("lobby");
}
