// Misconception: no server is the same as no node
// Caught by: a node without the server is no server
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
    const [reason] = error.reason as readonly unknown[];
    if (Array.isArray(reason) && reason[0] === "nodedown") return "no node";
    if (reason === "noproc") return "no node";
    return reason === "timeout" ? "no answer" : "it ended";
  }
}
