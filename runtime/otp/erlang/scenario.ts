import type { AutoShutdown, Restart, Strategy } from "../child-spec.ts";

/** A child of a scenario: which of its starts fail or are ignored. */
export interface Actor {
  readonly id: string;
  readonly restart: Restart;
  readonly significant: boolean;
  /** Starts are counted from one. */
  readonly fails: readonly number[];
  readonly ignores: readonly number[];
}

/** Something that happens to a child. */
export type Happening =
  | readonly [what: "die", id: string, reason: string | readonly string[]]
  | readonly [what: "start" | "terminate" | "restart" | "delete", id: string];

/** A supervisor, its children, and what happens to them, one after the other. */
export interface Scenario {
  readonly strategy: Strategy;
  readonly intensity: number;
  readonly autoShutdown: AutoShutdown;
  readonly actors: readonly Actor[];
  readonly happenings: readonly Happening[];
}

/** A scenario that nobody has thought of. */
export function scenario(random: () => number): Scenario {
  const pick = <T>(...from: readonly T[]): T =>
    from[Math.floor(random() * from.length)] as T;
  const some = (chance: number) =>
    [1, 2, 3, 4, 5].filter(() => random() < chance);
  const autoShutdown = pick<AutoShutdown>(
    "never",
    "never",
    "any_significant",
    "all_significant",
  );
  const actor = (id: string): Actor => {
    const restart = pick<Restart>(
      "permanent",
      "permanent",
      "transient",
      "temporary",
    );
    const mayBe = autoShutdown !== "never" && restart !== "permanent";
    return {
      id,
      restart,
      significant: mayBe && random() < 0.6,
      // Mostly the first start goes well, or there would be nothing to see.
      fails: some(0.15).filter((start) => start > 1 || random() < 0.2),
      ignores: some(0.1),
    };
  };
  const actors = ["a", "b", "c", "d"].slice(0, pick(1, 2, 3, 4)).map(actor);
  const happening = (): Happening => {
    const { id } = pick(...actors);
    const what = pick(
      ...(["die", "die", "die", "die"] as const),
      ...(["start", "terminate", "restart", "delete"] as const),
    );
    if (what !== "die") return [what, id];
    const info = ["shutdown", "info"];
    return [
      what,
      id,
      pick<string | string[]>(
        "normal",
        "shutdown",
        info,
        "boom",
        "boom",
        "kill",
      ),
    ];
  };
  return {
    strategy: pick<Strategy>("one_for_one", "one_for_all", "rest_for_one"),
    intensity: pick(0, 1, 2, 3, 10),
    autoShutdown,
    actors,
    happenings: Array.from({ length: 7 }, happening),
  };
}

/** The same as an Erlang term, for supervised.erl. */
export function inErlang(scenario: Scenario): string {
  const tuple = (...fields: unknown[]) => `{${fields.join(",")}}`;
  const list = (items: readonly unknown[]) => `[${items.join(",")}]`;
  const term = (field: unknown) =>
    Array.isArray(field) ? tuple(...field) : `${field}`;
  const actors = scenario.actors.map((one) =>
    tuple(
      one.id,
      one.restart,
      one.significant,
      list(one.fails),
      list(one.ignores),
    ),
  );
  const happenings = scenario.happenings.map((one) => tuple(...one.map(term)));
  const { strategy, intensity, autoShutdown } = scenario;
  const fields = [strategy, intensity, autoShutdown];
  return `${tuple(...fields, list(actors), list(happenings))}.\n`;
}
