import sqlite from "node-sqlite3-wasm";
import type { UserStore } from "./user-store.ts";

const SCHEMA = `CREATE TABLE IF NOT EXISTS users (
  name TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  cost INTEGER NOT NULL,
  block_size INTEGER NOT NULL,
  parallelization INTEGER NOT NULL
) STRICT`;
const ADD = `INSERT INTO users VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`;
const FIND = "SELECT * FROM users WHERE name = ?";

// #region sqlite
/** A store in one SQLite file. All the SQL of the chapter is in this file. */
export function sqliteStore(path: string): UserStore {
  const database = new sqlite.Database(path);
  database.exec(SCHEMA);
  return {
    async add(user) {
      const { name, salt, hash, cost, blockSize, parallelization } = user;
      const values = [name, salt, hash, cost, blockSize, parallelization];
      return database.run(ADD, values).changes === 1 ? "ok" : "taken";
    },
    async find(name) {
      const row = database.get(FIND, [name]);
      if (row === null || row === undefined) return undefined;
      return {
        name,
        salt: row.salt as Uint8Array,
        hash: row.hash as Uint8Array,
        cost: Number(row.cost),
        blockSize: Number(row.block_size),
        parallelization: Number(row.parallelization),
      };
    },
    async close() {
      database.close();
    },
  };
}
// #endregion
