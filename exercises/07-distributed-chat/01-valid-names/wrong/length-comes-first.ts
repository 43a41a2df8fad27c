// Misconception: fewer than six bytes are a name that is too short, whatever they are.
// Caught by: bytes that are no text are told as such
export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: "empty" | "length" | "not text"];

const strict = new TextDecoder("utf-8", { fatal: true });

export function verdict(data: Uint8Array): Verdict {
  if (data.length === 0) return ["error", "empty"];
  if (data.length < 6) return ["error", "length"];
  try {
    const name = strict.decode(data);
    const { length } = [...name];
    return length < 6 || length > 20 ? ["error", "length"] : ["ok", name];
  } catch {
    return ["error", "not text"];
  }
}
