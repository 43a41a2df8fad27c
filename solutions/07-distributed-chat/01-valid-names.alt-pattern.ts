import { isUtf8 } from "node:buffer";

export type Verdict =
  | readonly ["ok", name: string]
  | readonly ["error", why: "empty" | "length" | "not text"];

/** Says whether what a client has sent will do as a name. */
export function verdict(data: Uint8Array): Verdict {
  if (!isUtf8(data)) return ["error", "not text"];
  const name = new TextDecoder().decode(data);
  if (name === "") return ["error", "empty"];
  return /^.{6,20}$/su.test(name) ? ["ok", name] : ["error", "length"];
}
