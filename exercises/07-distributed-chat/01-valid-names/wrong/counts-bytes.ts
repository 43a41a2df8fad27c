// Misconception: a character is a byte
// Caught by: a Chinese name is counted in characters, not in bytes
export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: "empty" | "length" | "not text"];

const strict = new TextDecoder("utf-8", { fatal: true });

/** Says whether what a client has sent will do as a name. */
export function verdict(data: Uint8Array): Verdict {
  if (data.length === 0) return ["error", "empty"];
  if (data.length < 6 || data.length > 20) return ["error", "length"];
  try {
    return ["ok", strict.decode(data)];
  } catch {
    return ["error", "not text"];
  }
}
