/**
 * OTP's behaviours: what "#runtime" offers beyond bare processes.
 *
 * What OTP 25 has and this has not, because JavaScript cannot or needs not:
 * - `hibernate` and `hibernateAfterMs` are accepted and do nothing: a process
 *   has no heap of its own that could be shrunk.
 * - A missing callback is a `function_clause`, as a missing clause is, and not
 *   an `undef`: callbacks are tables of clauses here.
 * - Child specs are objects only, without `modules`; what could not be started
 *   is told by its id where OTP gives the whole spec.
 * - A supervisor has its flags and specs as arguments, not by a callback module,
 *   so there is no `get_callback_module` and no upgrade of its specs.
 * - Names are local; there is no `global` and no `via`.
 * - The address of a call's answer is gone with the first answer, as `call`
 *   would have it: a second one, or a `DOWN` behind an answer that was not
 *   taken yet, is lost and does not stay in the mailbox.
 * - `stop` exits with the bare reason of a server that ends by itself before it
 *   has read the request, where OTP adds `{sys, terminate, …}`.
 * - The error of a request by name names the name, where OTP names the pid.
 * - `changeCode` needs no suspended server, and code runs on where it is held.
 * - `prepStop` or `stop` of an application that throws is reported, where OTP
 *   does not say a word.
 */

export type { Application, StartType } from "./application.ts";
export * as application from "./application.ts";
export type { ChildSpec, ChildStart, SupervisorFlags } from "./child-spec.ts";
export * from "./consult/index.ts";
export * as genServer from "./gen-server.ts";
export type {
  Action,
  CallResult,
  GenServer,
  InfoResult,
  InitResult,
} from "./gen-server-callbacks.ts";
export * as logger from "./logger.ts";
export { type Observation, observe, type TreeNode } from "./observe.ts";
export * as procLib from "./proc-lib.ts";
export type { From, Protocol, Server, ServerName } from "./protocol.ts";
export type { StartOptions, StartResult } from "./start-result.ts";
export type { Status } from "./status.ts";
export * as supervisor from "./supervisor.ts";
export type { Supervisor } from "./supervisor-protocol.ts";
export {
  changeCode,
  getState,
  getStatus,
  replaceState,
  resume,
  suspend,
} from "./sys.ts";
