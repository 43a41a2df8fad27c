/** Reading files of Erlang terms. */
export { consult } from "./consult.ts";
export type { ConsultError } from "./consult-error.ts";
export { type Term, Tuple } from "./term.ts";
