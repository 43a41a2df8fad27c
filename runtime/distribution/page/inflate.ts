import type { Reader } from "../etf/reader.ts";

/**
 * What a page has in the place of ../etf/inflate.ts: browsers inflate only
 * with promises. No node compresses what it sends unless it is told to.
 *
 * @throws EtfError `bad_compressed`, always.
 */
export function inflate(reader: Reader): Reader {
  throw reader.error(
    "bad_compressed",
    "a page reads no compressed terms; send it without `compressed`",
  );
}
