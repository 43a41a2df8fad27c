import { format, type Term, Tuple } from "#runtime";
import { Secret } from "./secret.ts";

// #region settings
/** What the program needs to know, checked and complete. */
export interface Settings {
  readonly hostname: string;
  readonly port: number;
  /** Undefined: this node trusts no other. */
  readonly cookie: Secret | undefined;
  /** The names of nodes, before the @. */
  readonly server: string;
  readonly validator: string;
}

export const DEFAULTS: Settings = {
  hostname: "127.0.0.1",
  port: 9527,
  cookie: undefined,
  server: "rores_server",
  validator: "rores_validator",
};
// #endregion

export type Checked<T> =
  | readonly ["ok", T]
  | readonly ["error", sentence: string];

// #region kinds
/** How a value is read, and what it has to be, for the one who wrote it. */
interface Kind {
  /** Undefined if the term will not do. */
  read(term: Term): unknown;
  readonly wanted: string;
}

const textLike = (pattern: RegExp, wanted: string): Kind => ({
  read: (term) =>
    typeof term === "string" && pattern.test(term) ? term : undefined,
  wanted,
});

const isPort = (term: Term) =>
  Number.isInteger(term) && (term as number) >= 0 && (term as number) < 65_536;

const name = textLike(/^[a-z][\w-]*$/i, "a name, such as rores_server");
const KINDS: Readonly<Record<keyof Settings, Kind>> = {
  hostname: textLike(/^[\w.:-]+$/, "a host, such as '127.0.0.1'"),
  port: {
    read: (term) => (isPort(term) ? term : undefined),
    wanted: "a number from 0 to 65535",
  },
  cookie: {
    read: (term) =>
      typeof term === "string" && term !== "" ? new Secret(term) : undefined,
    wanted: "an atom or a string",
  },
  server: name,
  validator: name,
};
// #endregion

// #region check
/** Makes settings of what a file says; what it leaves out has its default. */
export function check(terms: readonly Term[]): Checked<Settings> {
  const [options] = terms;
  if (terms.length !== 1 || !isList(options)) {
    return ["error", 'Expected one list, "[…].", and nothing else.'];
  }
  const settings: Record<string, unknown> = { ...DEFAULTS };
  const seen = new Set<string>();
  for (const [index, option] of options.entries()) {
    if (!isPair(option)) {
      return ["error", `Entry ${index + 1} is no pair {key, value}.`];
    }
    const [key, term] = option;
    if (!isKey(key)) return ["error", unknownKey(key)];
    if (seen.has(key)) return ["error", `"${key}" is there twice.`];
    seen.add(key);
    const value = KINDS[key].read(term);
    if (value === undefined) return ["error", wrongValue(key, term)];
    settings[key] = value;
  }
  return ["ok", settings as unknown as Settings];
}
// #endregion

const isList = (term: Term | undefined): term is readonly Term[] =>
  Array.isArray(term) && !(term instanceof Tuple);

const isPair = (term: Term): term is readonly [key: string, value: Term] =>
  term instanceof Tuple && term.length === 2 && typeof term[0] === "string";

const isKey = (key: string): key is keyof Settings => Object.hasOwn(KINDS, key);

// #region sentences
function unknownKey(key: string): string {
  const known = Object.keys(KINDS).join(", ");
  return `There is no setting "${key}". There are: ${known}.`;
}

function wrongValue(key: keyof Settings, term: Term): string {
  const found = key === "cookie" ? "neither" : format(term);
  return `"${key}" has to be ${KINDS[key].wanted}, and is ${found}.`;
}
// #endregion

// #region nodes
/** Erlang's full name of a node: name@host. */
export function nodeNames({ server, validator, hostname }: Settings) {
  return {
    server: `${server}@${hostname}`,
    validator: `${validator}@${hostname}`,
  };
}
// #endregion
