// Misconception: whoever is not in the table needs no work
// Caught by: an unknown user costs as much as a wrong password
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
  const salt = using.random(16);
  return { name, salt, hash: using.derive(password, salt) };
}

/** Whether this is a user and the password is right. */
export function logIn(
  users: ReadonlyMap<string, User>,
  name: string,
  password: string,
  using: Tools,
): "ok" | "refused" {
  const user = users.get(name);
  if (user === undefined) return "refused";
  const { salt, hash } = user as User & Record<"salt" | "hash", Uint8Array>;
  return using.same(using.derive(password, salt), hash) ? "ok" : "refused";
}
