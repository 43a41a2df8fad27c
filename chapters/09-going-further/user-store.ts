// #region store
/** What is kept of a user. Nothing in it is the password. */
export interface UserRecord {
  readonly name: string;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  /** scrypt's parameters at the time, so that they can grow later. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** Where users are kept. Promises, so that it may be on another machine. */
export interface UserStore {
  /** Adds a user; "taken" if there is one of that name. */
  add(user: UserRecord): Promise<"ok" | "taken">;
  find(name: string): Promise<UserRecord | undefined>;
  close(): Promise<void>;
}
// #endregion
