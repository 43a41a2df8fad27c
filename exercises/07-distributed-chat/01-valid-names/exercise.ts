export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: "empty" | "length" | "not text"];

/** Says whether what a client has sent will do as a name. */
export function verdict(data: Uint8Array): Verdict {
  // TODO(you): six to twenty what?
  const { length } = data;
  if (length === 0) return ["error", "empty"];
  if (length < 6 || length > 20) return ["error", "length"];
  return ["ok", new TextDecoder().decode(data)];
}
