/** OTP's behaviours: what "#runtime" offers beyond bare processes. */

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
