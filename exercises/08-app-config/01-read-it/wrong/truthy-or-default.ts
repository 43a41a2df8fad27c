// Misconception: a value that counts as false was not given
// Caught by: false, zero and an empty text are values like any other
import { consult, format, type Term } from "#runtime";

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

/** Reads the text of a settings file, and checks what it says. */
export function read(text: string): Read {
  const consulted = consult(text);
  if (consulted[0] === "error") return ["error", consulted[1].message];
  const pairs = consulted[1][0] as readonly (readonly [string, Term])[];
  const settings: Record<string, unknown> = { ...DEFAULTS };
  for (const [key, value] of pairs) {
    if (!Object.hasOwn(DEFAULTS, key)) {
      return ["error", `There is no setting "${key}".`];
    }
    const wanted = typeof DEFAULTS[key as keyof Settings];
    if (typeof value !== wanted) {
      const found = format(value);
      return ["error", `"${key}" has to be a ${wanted}, and is ${found}.`];
    }
    settings[key] = value || DEFAULTS[key as keyof Settings];
  }
  return ["ok", settings as unknown as Settings];
}
