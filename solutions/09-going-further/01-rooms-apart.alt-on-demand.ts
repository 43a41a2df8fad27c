import {
  type ChildSpec,
  type ChildStart,
  type Self,
  type StartResult,
  type Step,
  type Supervisor,
  supervisor,
} from "#runtime";

/** How the two processes of a room are started. */
export interface Starts {
  readonly desk: (self: Self<never>, room: string) => ChildStart;
  /** Looks up the desk of its room, so that has to be there. */
  readonly board: (self: Self<never>, room: string) => ChildStart;
}

/** Opens a house with these rooms. */
export function* openHouse(
  self: Self<never>,
  starts: Starts,
  rooms: readonly string[],
): Step<StartResult<Supervisor>> {
  const pattern: ChildSpec = {
    id: "room",
    type: "supervisor",
    restart: "temporary",
    start: (above, room: string) => openRoom(above, starts, room),
  };
  const flags = { strategy: "simple_one_for_one" } as const;
  const house = yield* supervisor.startLink(self, flags, [pattern]);
  if (house[0] !== "ok") return house;
  for (const room of rooms) {
    yield* supervisor.startChild(self, house[1], [room]);
  }
  return house;
}

function openRoom(
  self: Self<never>,
  starts: Starts,
  room: string,
): Step<StartResult<Supervisor>> {
  const flags = {
    strategy: "rest_for_one",
    intensity: 3,
    periodMs: 10_000,
  } as const;
  return supervisor.startLink(self, flags, [
    { id: "desk", start: (it) => starts.desk(it, room) },
    { id: "board", start: (it) => starts.board(it, room) },
  ]);
}
