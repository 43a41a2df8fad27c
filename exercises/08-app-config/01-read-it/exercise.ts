import { consult } from "#runtime";

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
  // TODO(you): whatever the file says is believed.
  const pairs = consulted[1][0] as readonly (readonly [string, unknown])[];
  return ["ok", Object.assign(DEFAULTS, Object.fromEntries(pairs))];
}
