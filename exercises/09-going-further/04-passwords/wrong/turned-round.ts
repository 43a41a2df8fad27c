// Misconception: what looks strange is hidden
// Caught by: nothing in a record is the password
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
  return {
    name,
    hint: [...password].reverse().join(""),
    salt,
    hash: using.derive(password, salt),
  };
}

/** Whether this is a user and the password is right. */
export function logIn(
  users: ReadonlyMap<string, User>,
  name: string,
  password: string,
  using: Tools,
): "ok" | "refused" {
  const user = users.get(name);
  const salt = user ? (user.salt as Uint8Array) : new Uint8Array(16);
  const hash = user ? (user.hash as Uint8Array) : new Uint8Array(32);
  const isRight = using.same(using.derive(password, salt), hash);
  return user !== undefined && isRight ? "ok" : "refused";
}
