/**
 * Erlang's own distribution protocol: nodes of this runtime and real `erl`
 * nodes in one cluster. What chapters import as "#runtime/distribution".
 */
export type { Allowed, RemoteFunction } from "./allowed.ts";
export { Distribution } from "./distribution.ts";
export {
  DistributionError,
  type DistributionErrorCode,
} from "./distribution-error.ts";
export { EpmdError, EpmdServer, findEpmd } from "./epmd/index.ts";
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
export { CookieError, findCookie } from "./handshake/index.ts";
export { memoryTransport } from "./memory-transport.ts";
export { nodeOf } from "./node-of.ts";
export type { DistributionOptions } from "./options.ts";
export { rpc } from "./rpc.ts";
export type { BadRpc } from "./rpc-value.ts";
export { socketTransport } from "./socket-transport.ts";
export { startDistribution } from "./start-distribution.ts";
export type { Door, Entry, Listener, Place, Transport, Wire } from "./wire.ts";
