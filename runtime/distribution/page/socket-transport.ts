import { memoryTransport } from "../memory-transport.ts";
import type { Transport } from "../wire.ts";

const shared = memoryTransport();

/**
 * What a page has in the place of ../socket-transport.ts: one network in its
 * memory, which all its nodes share unless they are given another.
 */
export function socketTransport(): Transport {
  return shared;
}
