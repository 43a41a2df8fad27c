/**
 * The handshake of Erlang's distribution, version 6: how two nodes find that
 * they share a cookie without saying it, and what both of them can do.
 *
 * Left out: names given to nameless nodes, TLS, and everything before OTP 23.
 */
export { type Acquaintance, type Admission, admission } from "./admission.ts";
export { connectNode, type NodeAddress } from "./connect-node.ts";
export { Cookie } from "./cookie.ts";
export { CookieError, type CookieErrorCode } from "./cookie-error.ts";
export { Doorway, type DoorwayOptions } from "./doorway.ts";
export { type CookieSources, findCookie } from "./find-cookie.ts";
export * as flags from "./flags.ts";
export { isNodeName } from "./node-name.ts";
export { HandshakeError, type Refusal } from "./refusal.ts";
export type { Connected } from "./shake-hands.ts";
export type { Identity, Peer } from "./transition.ts";
