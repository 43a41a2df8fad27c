import {
  type From,
  type GenServer,
  genServer,
  type Process,
  type Self,
} from "#runtime";
import { isPassword, type Price, protect } from "./passwords.ts";
import type { Print } from "./rooms.ts";
import type { UserRecord, UserStore } from "./user-store.ts";

// #region protocol
/** A password on its way: a function, so that no report can print it. */
export type Secret = () => string;
type Answer = "ok" | "refused" | "taken";
export interface Users {
  call: {
    signUp(name: string, password: Secret): Answer;
    logIn(name: string, password: Secret): Answer;
  };
}
interface State {
  readonly store: UserStore;
  readonly price: Price;
  /** Stands in for an unknown user, so that both refusals take as long. */
  readonly nobody: UserRecord;
}
// #endregion

// #region users
export const users: GenServer<Users, State, [store: UserStore, price: Price]> =
  {
    name: "users",
    *init(self, store, price) {
      const nobody = yield* self.wait(protect("", "nobody", price));
      return ["ok", { store, price, nobody }];
    },
    handleCall: {
      signUp(self, state, name, password, from) {
        self.spawnLink(answering, from, signUp(state, name, password));
        return ["noreply", state];
      },
      logIn(self, state, name, password, from) {
        self.spawnLink(answering, from, logIn(state, name, password));
        return ["noreply", state];
      },
    },
    terminate: (self, _reason, { store }) => self.wait(store.close()),
    formatStatus: () => "(users)",
  };

/** Waits for one answer, so that the server can take the next question. */
function* answering(
  self: Self<never>,
  from: From<Answer>,
  answer: Promise<Answer>,
): Process {
  genServer.reply(self, from, yield* self.wait(answer));
}
// #endregion

// #region login
async function signUp(
  { store, price }: State,
  name: string,
  password: Secret,
): Promise<Answer> {
  return store.add(await protect(name, password(), price));
}

async function logIn(
  { store, nobody }: State,
  name: string,
  password: Secret,
): Promise<Answer> {
  const user = await store.find(name);
  const isRight = await isPassword(user ?? nobody, password());
  return user !== undefined && isRight ? "ok" : "refused";
}
// #endregion

// #region visit
export function* visit(
  self: Self<never>,
  store: UserStore,
  price: Price,
  print: Print,
): Process {
  const started = yield* genServer.start(self, users, [store, price]);
  if (started === "ignore" || started[0] === "error") return self.exit(started);
  const [, server] = started;
  for (const [what, name, password] of [
    ["signUp", "Ann", "correct horse"],
    ["signUp", "Ann", "another"],
    ["logIn", "Ann", "correct horse"],
    ["logIn", "Ann", "wrong"],
    ["logIn", "Nobody", "wrong"],
  ] as const) {
    const request = [what, name, () => password] as const;
    print(`${what} ${name}: ${yield* genServer.call(self, server, request)}`);
  }
  yield* genServer.stop(self, server);
}
// #endregion
