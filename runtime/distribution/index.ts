/**
 * Erlang's own distribution protocol: nodes of this runtime and real `erl`
 * nodes (OTP 25 or later) in one cluster. What chapters import as
 * "#runtime/distribution".
 *
 * `startDistribution(node, { cookie })` makes a node reachable. From then on
 * `self.send`, `self.link`, `self.monitor`, `genServer.call` and the rest work
 * with pids of other nodes and with `[name, node]`; the first signal connects.
 *
 * What to know:
 *
 * - Nothing is lost on a connection, nothing is told of what a lost one had
 *   not delivered. Links and monitors then say `noconnection`.
 * - Each link has room for `busyBytes`. Who sends beyond that is stopped at
 *   its next `yield*` until there is room; what it sent is kept, so memory is
 *   bounded by that and by one slice of each sender. Code outside processes
 *   cannot be stopped.
 * - A string in a message is a binary to Erlang, `atom("ok")` an atom. The
 *   request of a gen_server and an exit reason are whole messages: there a
 *   bare string is an atom.
 * - Other nodes call only what `allow` lists, and `erlang:node/0`,
 *   `erlang:nodes/0` and `net_adm:ping/1`, which a mesh needs.
 * - In a page, all this runs over a network in its memory: see browser.ts.
 * - There is no `global` here: Erlang's `global:sync/0` waits for visible
 *   nodes of this runtime in vain. Make them `hidden` where it is used.
 */
export * from "./browser.ts";
export { EpmdError, EpmdServer, findEpmd } from "./epmd/index.ts";
export { findCookie } from "./handshake/index.ts";
export { socketTransport } from "./socket-transport.ts";
