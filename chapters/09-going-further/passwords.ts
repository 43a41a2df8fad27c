import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { UserRecord } from "./user-store.ts";

/** What one guess costs; twice the cost is twice the time and memory. */
export interface Price {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}
export const PRICE: Price = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;

// #region derive
/** Runs on a thread of Node's pool: the other processes go on meanwhile. */
function derive(
  password: string,
  salt: Uint8Array,
  { cost, blockSize, parallelization }: Price,
): Promise<Uint8Array> {
  const maxmem = 256 * cost * blockSize;
  const options = { cost, blockSize, parallelization, maxmem };
  return new Promise((resolve, reject) => {
    const text = password.normalize("NFKC");
    scrypt(text, salt, HASH_BYTES, options, (error, hash) =>
      error ? reject(error) : resolve(new Uint8Array(hash)),
    );
  });
}
// #endregion

// #region passwords
/** What is kept instead of a password. */
export async function protect(
  name: string,
  password: string,
  price: Price = PRICE,
): Promise<UserRecord> {
  const salt = new Uint8Array(randomBytes(SALT_BYTES));
  const hash = await derive(password, salt, price);
  return { name, salt, hash, ...price };
}

/** Whether this is the password; takes as long whichever byte differs. */
export async function isPassword(
  user: UserRecord,
  password: string,
): Promise<boolean> {
  const hash = await derive(password, user.salt, user);
  return timingSafeEqual(hash, user.hash);
}
// #endregion
