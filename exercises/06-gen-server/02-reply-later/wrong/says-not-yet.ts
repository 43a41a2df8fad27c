// Misconception: every call is answered at once, so the caller has to ask again
// Caught by: who comes before the parcel is given it when it arrives
import {
  type From,
  type GenServer,
  genServer,
  type Self,
  type Server,
} from "#runtime";

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
  readonly waiting: readonly (readonly [name: string, from: From<string>])[];
}

export const desk: GenServer<Desk, State> = {
  name: "desk",
  init: () => ["ok", { shelf: [], waiting: [] }],
  handleCall: {
    fetch(_self, { shelf, waiting }, name) {
      const found = shelf.find(([on]) => on === name);
      if (found) {
        const rest = shelf.filter((one) => one !== found);
        return ["reply", found[1], { shelf: rest, waiting }];
      }
      return ["reply", "not yet", { shelf, waiting }];
    },
    onShelf: (_self, state) => ["reply", state.shelf.length, state],
  },
  handleCast: {
    arrive(self, { shelf, waiting }, name, parcel) {
      const first = waiting.find(([wanted]) => wanted === name);
      if (!first) {
        return ["noreply", { shelf: [...shelf, [name, parcel]], waiting }];
      }
      genServer.reply(self, first[1], parcel);
      const rest = waiting.filter((one) => one !== first);
      return ["noreply", { shelf, waiting: rest }];
    },
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
