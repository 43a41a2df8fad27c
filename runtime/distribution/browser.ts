/**
 * "#runtime/distribution" in a page: the same nodes and the same bytes, over a
 * network in the page's memory. There is no EPMD, a cookie has to be given,
 * and compressed terms are refused.
 *
 * What stands in for Node is in page/; package.json's "browser" says for what.
 */
export type { Allowed, RemoteFunction } from "./allowed.ts";
export { Distribution } from "./distribution.ts";
export {
  DistributionError,
  type DistributionErrorCode,
} from "./distribution-error.ts";
export { erpc } from "./erpc.ts";
export { ErpcError, type ErpcErrorCode } from "./erpc-error.ts";
export {
  Atom,
  atom,
  BitString,
  createCodec,
  EtfError,
  Float,
  float,
  ImproperList,
  List,
  list,
  Tuple,
  tuple,
} from "./etf/index.ts";
export { CookieError } from "./handshake/cookie-error.ts";
export { memoryTransport } from "./memory-transport.ts";
export { nodeOf } from "./node-of.ts";
export type { DistributionOptions } from "./options.ts";
export { rpc } from "./rpc.ts";
export type { BadRpc } from "./rpc-value.ts";
export { startDistribution } from "./start-distribution.ts";
export type { Door, Entry, Listener, Place, Transport, Wire } from "./wire.ts";
