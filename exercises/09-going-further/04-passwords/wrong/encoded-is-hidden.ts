// Misconception: what nobody can read at a glance is protected
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
export function newUser(name: string, password: string, _using: Tools): User {
  return { name, password: Buffer.from(password).toString("base64") };
}

/** Whether this is a user and the password is right. */
export function logIn(
  users: ReadonlyMap<string, User>,
  name: string,
  password: string,
  _using: Tools,
): "ok" | "refused" {
  const user = users.get(name);
  if (user === undefined) return "refused";
  const text = Buffer.from(password).toString("base64");
  return user.password === text ? "ok" : "refused";
}
