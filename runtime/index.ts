/** The one door: what chapters and exercises import as "#runtime". */
export {
  After,
  after,
  type Clause,
  type Clauses,
  matching,
  when,
} from "./core/clauses.ts";
export { type Clock, realClock, VirtualClock } from "./core/clock.ts";
export { RuntimeError, type RuntimeErrorCode } from "./core/errors.ts";
export { classOf, Exit, type ExitReason } from "./core/exit.ts";
export { format } from "./core/format.ts";
export { type ProcessInfo, processInfo } from "./core/info.ts";
export type {
  Body,
  DownMessage,
  ExitMessage,
  Process,
  Step,
  TimeoutMessage,
} from "./core/message.ts";
export type { NodeOptions } from "./core/node-options.ts";
export { isPid, type Pid } from "./core/pid.ts";
export { isRef, type Ref } from "./core/ref.ts";
export { formatReport, type Logger, type Report } from "./core/report.ts";
export { type Scheduler, steppedByHand } from "./core/scheduler.ts";
export type { Address, Self } from "./core/self.ts";
export type { TraceEvent, Tracer } from "./core/trace.ts";
export {
  createNode,
  defaultNode,
  isProcessAlive,
  type Node,
  processes,
  registered,
  registerName as register,
  send,
  sendExit,
  spawn,
  whereis,
} from "./core/world.ts";
export * from "./otp/index.ts";
