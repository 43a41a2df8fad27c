import { createCodec } from "#runtime/distribution";
import type { Answer } from "./verify.ts";

// #region wire
/** All that the chat says to a client. A client says text, and "stop". */
export type ToPerson = Answer | readonly ["msg", text: string];

const codec = createCodec();

/** Erlang's `term_to_binary`. */
export function encode(message: ToPerson): Uint8Array {
  return codec.encode(message);
}

/** What an Erlang or TypeScript chat has said; nothing else gets in. */
export function decode(bytes: Uint8Array): ToPerson | undefined {
  const term = codec.decode(bytes);
  if (!Array.isArray(term)) return undefined;
  const [tag, field] = term;
  if (tag === "try_again" || tag === "server_error") return [tag];
  if (tag !== "ok" && tag !== "auth_failed" && tag !== "msg") return undefined;
  return [tag, textOf(field)];
}
// #endregion

const strict = new TextDecoder("utf-8", { fatal: true });

/** What came off the socket: text, or bytes that are none. */
export function asText(data: Uint8Array): string | Uint8Array {
  try {
    return strict.decode(data);
  } catch {
    return data;
  }
}

/** Erlang's text may also be a list of characters and of further lists. */
function textOf(term: unknown): string {
  if (typeof term === "number") return String.fromCodePoint(term);
  return Array.isArray(term) ? term.map(textOf).join("") : `${term}`;
}
