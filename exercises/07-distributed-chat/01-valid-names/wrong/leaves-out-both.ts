// Misconception: between 6 and 20 leaves out both
// Caught by: plain names of 6 to 20 letters will do, others will not
export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: "empty" | "length" | "not text"];

const strict = new TextDecoder("utf-8", { fatal: true });

/** Says whether what a client has sent will do as a name. */
export function verdict(data: Uint8Array): Verdict {
  let name: string;
  try {
    name = strict.decode(data);
  } catch {
    return ["error", "not text"];
  }
  const { length } = [...name];
  if (length === 0) return ["error", "empty"];
  if (length <= 6 || length >= 20) return ["error", "length"];
  return ["ok", name];
}
