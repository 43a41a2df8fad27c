// Misconception: the limit of a call is always five seconds
// Caught by: a server that is silent gives no answer, after the limit that was asked for
import {
  Exit,
  genServer,
  type Self,
  type ServerName,
  type Step,
} from "#runtime";

export interface Prices {
  readonly call: { price(item: string): number };
}

export type Answer =
  | readonly ["ok", price: number]
  | "no node"
  | "no server"
  | "no answer"
  | "it ended";
type Request = readonly ["price", string];

/** Asks a server, wherever it is, and says what came of it. */
export function* price(
  self: Self<never>,
  server: ServerName<Prices>,
  item: string,
  limitMs: number,
): Step<Answer> {
  try {
    const value = yield* genServer.call<Prices, Request>(self, server, [
      "price",
      item,
    ]);
    void limitMs;
    return ["ok", value];
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    const [reason] = error.reason as readonly unknown[];
    if (Array.isArray(reason) && reason[0] === "nodedown") return "no node";
    if (reason === "noproc") return "no server";
    return reason === "timeout" ? "no answer" : "it ended";
  }
}
