// Misconception: every call has a time limit, so this one need not be told
// Caught by: no answer in time is no seats, and a dead office ends the caller
import {
  Exit,
  type GenServer,
  genServer,
  type Ref,
  type Self,
  type Server,
  type Step,
} from "#runtime";

/** How long a seat is held for somebody who has not paid. */
export const HOLD_MS = 30_000;

export interface Hall {
  readonly call: {
    hold(seat: string): "ok" | "taken";
    pay(seat: string): "ok";
    release(seat: string): "ok";
    free(): readonly string[];
  };
  readonly info: [tag: "expired", seat: string, hold: Ref];
}
export type Office = Server<Hall>;

/** Reads the plan of the hall; takes its time. */
export type Load = (self: Self<never>) => Step<readonly string[]>;

/** Each seat: free, held by a hold of its own, or paid. */
type Seats = Readonly<Record<string, "free" | "paid" | Ref>>;
interface State {
  readonly load: Load;
  readonly seats: Seats;
}

export const hall: GenServer<Hall, State, [load: Load]> = {
  name: "hall",
  init: (_self, load) => ["ok", { load, seats: {} }, ["continue", "load"]],
  *handleContinue(self, { load }) {
    const plan = yield* load(self as never);
    const seats = Object.fromEntries(
      plan.map((seat) => [seat, "free"] as const),
    );
    return ["noreply", { load, seats }];
  },
  handleCall: {
    hold(self, state, seat) {
      if (state.seats[seat] !== "free") return ["reply", "taken", state];
      const hold = self.makeRef();
      self.sendAfter(HOLD_MS, self.pid, ["expired", seat, hold]);
      return ["reply", "ok", put(state, seat, hold)];
    },
    pay: (_self, state, seat) => ["reply", "ok", put(state, seat, "paid")],
    release: (_self, state, seat) => ["reply", "ok", put(state, seat, "free")],
    free: (_self, state) => ["reply", freeSeats(state), state],
  },
  handleInfo: {
    expired(_self, state, seat, hold) {
      if (state.seats[seat] !== hold) return ["noreply", state];
      return ["noreply", put(state, seat, "free")];
    },
  },
};

function put(state: State, seat: string, to: "free" | "paid" | Ref): State {
  return { ...state, seats: { ...state.seats, [seat]: to } };
}

function freeSeats({ seats }: State): string[] {
  return Object.keys(seats).filter((seat) => seats[seat] === "free");
}

/** Asks which seats are free, and shows no seats if no answer comes in time. */
export function* askFree(
  self: Self<never>,
  office: Office,
  _limitMs: number,
): Step<readonly string[]> {
  try {
    return yield* genServer.call(self, office, "free");
  } catch (caught) {
    if (!(caught instanceof Exit)) throw caught;
    const [reason] = caught.reason as [unknown];
    if (reason !== "timeout") throw caught;
    return [];
  }
}
