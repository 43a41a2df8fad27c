// Misconception: a comparison in constant time beside a quick one makes the whole constant
// Caught by: nothing but same compares them
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
  const salt = user ? (user.salt as Uint8Array) : new Uint8Array(16);
  const hash = user ? (user.hash as Uint8Array) : new Uint8Array(32);
  const got = using.derive(password, salt);
  const isRight = using.same(got, hash) && `${got}` === `${hash}`;
  return user !== undefined && isRight ? "ok" : "refused";
}
