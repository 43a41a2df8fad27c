// Misconception: a call that fails has timed out
// Caught by: a node out of reach is no node
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
    const value = yield* genServer.call<Prices, Request>(
      self,
      server,
      ["price", item],
      limitMs,
    );
    return ["ok", value];
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    // What else?
    return "no answer";
  }
}
