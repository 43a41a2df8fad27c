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

const WORDS: Readonly<Record<string, Answer>> = {
  nodedown: "no node",
  noproc: "no server",
  timeout: "no answer",
};

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
    const reason = (error.reason as readonly unknown[])[0];
    const word = Array.isArray(reason) ? reason[0] : reason;
    return WORDS[String(word)] ?? "it ended";
  }
}
