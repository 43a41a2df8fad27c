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

/** Reads the text of a settings file, and checks what it says. */
export function read(text: string): Read {
  const consulted = consult(text);
  if (consulted[0] === "error") return ["error", consulted[1].message];
  const said = new Map(consulted[1][0] as readonly (readonly [string, Term])[]);
  const problems: string[] = [];
  function take<T extends Term>(key: keyof Settings, otherwise: T): T {
    const value = said.get(key);
    said.delete(key);
    if (value === undefined) return otherwise;
    if (typeof value === typeof otherwise) return value as T;
    problems.push(`${key} is no ${typeof otherwise}`);
    return otherwise;
  }
  const settings: Settings = {
    port: take("port", DEFAULTS.port),
    motto: take("motto", DEFAULTS.motto),
    sunday: take("sunday", DEFAULTS.sunday),
  };
  for (const key of said.keys()) problems.push(`${key} is no setting`);
  if (problems.length > 0) return ["error", `${problems.join("; ")}.`];
  return ["ok", settings];
}
