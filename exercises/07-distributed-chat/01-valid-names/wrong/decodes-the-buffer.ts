// Misconception: the bytes are those of the array's buffer.
// Caught by: a name may stand in the middle of other bytes
export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: "empty" | "length" | "not text"];

const strict = new TextDecoder("utf-8", { fatal: true });

export function verdict(data: Uint8Array): Verdict {
  let name: string;
  try {
    name = strict.decode(data.buffer as ArrayBuffer);
  } catch {
    return ["error", "not text"];
  }
  const { length } = [...name];
  if (length === 0) return ["error", "empty"];
  if (length < 6 || length > 20) return ["error", "length"];
  return ["ok", name];
}
