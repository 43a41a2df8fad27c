/**
 * EPMD: which node of this machine listens on which port.
 *
 * `findEpmd` gives one to ask, the machine's or, where there is none, one in
 * this program; `registerName`, `portPlease` and `names` ask it.
 */
export {
  names,
  portPlease,
  type RegisteredName,
  registerName,
} from "./client.ts";
export { EpmdError, type EpmdErrorCode } from "./epmd-error.ts";
export {
  EPMD_PORT,
  epmdPort,
  type FoundEpmd,
  findEpmd,
} from "./find-epmd.ts";
export type { Epmd } from "./question.ts";
export { DISTRIBUTION_VERSION, type Registration } from "./registration.ts";
export type { Listed } from "./response.ts";
export { EpmdServer, type EpmdServerOptions } from "./server.ts";
