// Misconception: a period is counted in seconds
// Caught by: a room that crashes a fourth time is closed, and the others go on
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
export function openHouse(
  self: Self<never>,
  starts: Starts,
  rooms: readonly string[],
): Step<StartResult<Supervisor>> {
  const flags = {
    strategy: "rest_for_one",
    intensity: 3,
    periodMs: 10,
  } as const;
  const children = rooms.map(
    (room): ChildSpec => ({
      id: room,
      type: "supervisor",
      restart: "transient",
      start: (above) =>
        supervisor.startLink(above, flags, [
          { id: "desk", start: (it) => starts.desk(it, room) },
          { id: "board", start: (it) => starts.board(it, room) },
        ]),
    }),
  );
  return supervisor.startLink(self, {}, children);
}
