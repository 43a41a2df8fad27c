// Misconception: a house is safe from a bad room if it is patient enough
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
    intensity: 1000,
    periodMs: 10_000,
  } as const;
  const children = rooms.map(
    (room): ChildSpec => ({
      id: room,
      type: "supervisor",
      start: (above) =>
        supervisor.startLink(above, flags, [
          { id: "desk", start: (it) => starts.desk(it, room) },
          { id: "board", start: (it) => starts.board(it, room) },
        ]),
    }),
  );
  return supervisor.startLink(self, {}, children);
}
