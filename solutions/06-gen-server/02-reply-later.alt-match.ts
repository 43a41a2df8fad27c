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

/** Gives the parcels on the shelf to those who wait for them. */
function handOut(self: Self<never>, state: State): State {
  for (const one of state.waiting) {
    const parcel = state.shelf.find(([name]) => name === one[0]);
    if (!parcel) continue;
    genServer.reply(self, one[1], parcel[1]);
    return handOut(self, {
      shelf: state.shelf.filter((other) => other !== parcel),
      waiting: state.waiting.filter((other) => other !== one),
    });
  }
  return state;
}

export const desk: GenServer<Desk, State> = {
  name: "desk",
  init: () => ["ok", { shelf: [], waiting: [] }],
  handleCall: {
    fetch: (self, { shelf, waiting }, name, from) => [
      "noreply",
      handOut(self, { shelf, waiting: [...waiting, [name, from]] }),
    ],
    onShelf: (_self, state) => ["reply", state.shelf.length, state],
  },
  handleCast: {
    arrive: (self, { shelf, waiting }, name, parcel) => [
      "noreply",
      handOut(self, { shelf: [...shelf, [name, parcel]], waiting }),
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
