// Misconception: let it crash is for what strangers send, too
// Caught by: bytes that are no text are told as such
export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: "empty" | "length" | "not text"];

const strict = new TextDecoder("utf-8", { fatal: true });

/** Says whether what a client has sent will do as a name. */
export function verdict(data: Uint8Array): Verdict {
  const name = strict.decode(data);
  const { length } = [...name];
  if (length === 0) return ["error", "empty"];
  if (length < 6 || length > 20) return ["error", "length"];
  return ["ok", name];
}
