// Misconception: blanks around a name are no part of it.
// Caught by: a blank is a character, and stays where it is

export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: "empty" | "length" | "not text"];

const strict = new TextDecoder("utf-8", { fatal: true });

/** Says whether what a client has sent will do as a name. */
export function verdict(data: Uint8Array): Verdict {
  let name: string;
  try {
    name = strict.decode(data).trim();
  } catch {
    return ["error", "not text"];
  }
  const { length } = [...name];
  if (length === 0) return ["error", "empty"];
  if (length < 6 || length > 20) return ["error", "length"];
  return ["ok", name];
}
