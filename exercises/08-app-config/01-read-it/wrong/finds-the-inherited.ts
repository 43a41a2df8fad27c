// Misconception: a key is known if the object of defaults answers to it
// Caught by: an unknown key is refused by name
import { consult, type Term } from "#runtime";

/** What the shop needs to know. */
export interface Settings {
  readonly port: number;
  readonly motto: string;
  readonly sunday: boolean;
}

export type Read =
  | readonly ["ok", Settings]
  | readonly ["error", sentence: string];

const DEFAULTS: Settings = { port: 9000, motto: "Welcome", sunday: true };

const FITS: Record<string, (value: Term) => unknown> = {
  port: (value) => typeof value === "number",
  motto: (value) => typeof value === "string",
  sunday: (value) => typeof value === "boolean",
};

/** Reads the text of a settings file, and checks what it says. */
export function read(text: string): Read {
  const consulted = consult(text);
  if (consulted[0] === "error") return ["error", consulted[1].message];
  const pairs = consulted[1][0] as readonly (readonly [string, Term])[];
  for (const [key, value] of pairs) {
    if (!(key in FITS)) return ["error", `There is no setting "${key}".`];
    if (!FITS[key]?.(value)) return ["error", `"${key}" is of another kind.`];
  }
  return ["ok", { ...DEFAULTS, ...Object.fromEntries(pairs) }];
}
