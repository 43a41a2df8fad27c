// Misconception: the value tells well enough what is wrong
// Caught by: a value of the wrong kind is refused, and its key is named
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
      return ["error", `Expected a ${wanted}, and found ${found}.`];
    }
    settings[key] = value;
  }
  return ["ok", settings as unknown as Settings];
}
