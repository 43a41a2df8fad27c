/** What tests and checks import as "#runtime/testing". */
export { errorIn } from "./error-in.ts";
export { exchange } from "./exchange.ts";
export { SimulationError } from "./failure.ts";
export { type Mishap, mishapIn } from "./mishap.ts";
export { type Recorded, recording } from "./recording.ts";
export { type Run, type SimulateOptions, simulate } from "./simulate.ts";
export { type Trial, trial } from "./trial.ts";
export { uncaughtIn } from "./uncaught.ts";
