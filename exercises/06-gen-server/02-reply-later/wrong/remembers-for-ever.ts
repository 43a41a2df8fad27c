// Misconception: a reply ends the waiting by itself
// Caught by: who has been given a parcel is not waiting any more
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
    fetch(_self, { shelf, waiting }, name, from) {
      const found = shelf.find(([on]) => on === name);
      if (found) {
        const rest = shelf.filter((one) => one !== found);
        return ["reply", found[1], { shelf: rest, waiting }];
      }
      return ["noreply", { shelf, waiting: [...waiting, [name, from]] }];
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
      return ["noreply", { shelf, waiting }];
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
