import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

/** What is kept of a user. */
export interface User {
  readonly name: string;
  readonly [field: string]: string | Uint8Array;
}
/** What is given: the costly work, and a comparison that tells nothing. */
export interface Tools {
  readonly random: (bytes: number) => Uint8Array;
  readonly derive: (password: string, salt: Uint8Array) => Uint8Array;
  readonly same: (one: Uint8Array, other: Uint8Array) => boolean;
}
export const tools: Tools = {
  random: (bytes) => new Uint8Array(randomBytes(bytes)),
  derive: (password, salt) =>
    new Uint8Array(scryptSync(password, salt, 32, { N: 16, r: 1, p: 1 })),
  same: (one, other) =>
    one.length === other.length && timingSafeEqual(one, other),
};

/** What is kept of somebody who signs up. */
export function newUser(name: string, password: string, using: Tools): User {
  const salt = using.random(24);
  const kept = new Uint8Array([...salt, ...using.derive(password, salt)]);
  return { name, kept };
}

/** Whether this is a user and the password is right. */
export function logIn(
  users: ReadonlyMap<string, User>,
  name: string,
  password: string,
  using: Tools,
): "ok" | "refused" {
  const user = users.get(name);
  const kept = user?.kept as Uint8Array | undefined;
  const wanted = kept ?? new Uint8Array(56);
  const got = using.derive(password, wanted.slice(0, 24));
  const isRight = using.same(got, wanted.slice(24));
  if (kept === undefined) return "refused";
  return isRight ? "ok" : "refused";
}
