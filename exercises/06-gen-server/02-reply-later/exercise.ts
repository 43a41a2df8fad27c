import { type GenServer, genServer, type Self, type Server } from "#runtime";

export interface Desk {
  readonly call: {
    /** Gives the next parcel for this name; waits until there is one. */
    fetch(name: string): string;
    /** How many parcels lie on the shelf. */
    onShelf(): number;
  };
  readonly cast: { arrive(name: string, parcel: string): void };
}
export type PostOffice = Server<Desk>;

interface State {
  readonly shelf: readonly (readonly [name: string, parcel: string])[];
}

export const desk: GenServer<Desk, State> = {
  name: "desk",
  init: () => ["ok", { shelf: [] }],
  handleCall: {
    *fetch(self, { shelf }, name) {
      const found = shelf.find(([on]) => on === name);
      if (found) {
        return ["reply", found[1], { shelf: shelf.filter((o) => o !== found) }];
      }
      // TODO(you): nothing arrives while the desk sleeps. Let the caller wait.
      yield* self.sleep(2_000);
      return ["reply", "come back tomorrow", { shelf }];
    },
    onShelf: (_self, state) => ["reply", state.shelf.length, state],
  },
  handleCast: {
    arrive: (_self, { shelf }, name, parcel) => [
      "noreply",
      { shelf: [...shelf, [name, parcel]] },
    ],
  },
};

/** A parcel is brought to the desk. */
export function arrive(
  self: Self<never>,
  office: PostOffice,
  name: string,
  parcel: string,
): void {
  genServer.cast(self, office, ["arrive", name, parcel]);
}
