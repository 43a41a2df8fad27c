import type {
  AutoShutdown,
  ChildSpec,
  FullFlags,
  FullSpec,
  Shutdown,
  SupervisorFlags,
} from "./child-spec.ts";

/** Why flags or a spec are refused, in Erlang's words. */
export type Refusal = string | readonly unknown[];

type Checked<T> = readonly ["ok", T] | readonly ["error", Refusal];

const oneOf = (value: unknown, ...words: string[]) =>
  words.includes(value as string);
const isCount = (value: unknown, least: number) =>
  Number.isInteger(value) && (value as number) >= least;

/** Checks flags and fills in the defaults. */
export function checkFlags(flags: SupervisorFlags): Checked<FullFlags> {
  const {
    strategy = "one_for_one",
    intensity = 1,
    periodMs = 5_000,
    autoShutdown = "never",
  } = flags;
  const refuse = (what: string, value: unknown) =>
    ["error", ["supervisor_data", [what, value]]] as const;
  if (
    !oneOf(
      strategy,
      "one_for_one",
      "one_for_all",
      "rest_for_one",
      "simple_one_for_one",
    )
  ) {
    return refuse("invalid_strategy", strategy);
  }
  if (!isCount(intensity, 0)) return refuse("invalid_intensity", intensity);
  if (!isCount(periodMs, 1)) return refuse("invalid_period", periodMs);
  if (!oneOf(autoShutdown, "never", "any_significant", "all_significant")) {
    return refuse("invalid_auto_shutdown", autoShutdown);
  }
  return ["ok", { strategy, intensity, periodMs, autoShutdown }];
}

/** Checks one spec and fills in the defaults. */
export function checkSpec(
  spec: ChildSpec,
  autoShutdown: AutoShutdown = "any_significant",
): Checked<FullSpec> {
  const refuse = (...why: unknown[]) =>
    ["error", why.length === 1 ? (why[0] as string) : why] as const;
  if (typeof spec !== "object" || spec === null) {
    return refuse("invalid_child_spec", spec);
  }
  const { id, start, restart = "permanent", type = "worker" } = spec;
  const { significant = false } = spec;
  const usual: Shutdown = type === "supervisor" ? "infinity" : 5_000;
  const { shutdownMs = usual } = spec;
  if (id === undefined) return refuse("missing_id");
  if (start === undefined) return refuse("missing_start");
  if (typeof start !== "function") return refuse("invalid_mfa", start);
  if (!oneOf(restart, "permanent", "transient", "temporary")) {
    return refuse("invalid_restart_type", restart);
  }
  if (!oneOf(type, "worker", "supervisor")) {
    return refuse("invalid_child_type", type);
  }
  if (
    !oneOf(shutdownMs, "brutal_kill", "infinity") &&
    !isCount(shutdownMs, 0)
  ) {
    return refuse("invalid_shutdown", shutdownMs);
  }
  if (typeof significant !== "boolean") {
    return refuse("invalid_significant", significant);
  }
  const clash = (name: string, value: string) =>
    refuse("bad_combination", [
      [name, value],
      ["significant", true],
    ]);
  if (significant && autoShutdown === "never") {
    return clash("auto_shutdown", autoShutdown);
  }
  if (significant && restart === "permanent") return clash("restart", restart);
  return ["ok", { id, start, restart, shutdownMs, type, significant }];
}

/** Checks a list of specs; no two may have one id. */
export function checkSpecs(
  specs: readonly ChildSpec[],
  autoShutdown?: AutoShutdown,
): Checked<FullSpec[]> {
  if (!Array.isArray(specs)) return ["error", ["invalid_children", specs]];
  const full: FullSpec[] = [];
  for (const spec of specs) {
    const checked = checkSpec(spec, autoShutdown);
    if (checked[0] === "error") return checked;
    const { id } = checked[1];
    if (full.some((other) => other.id === id)) {
      return ["error", ["duplicate_child_name", id]];
    }
    full.push(checked[1]);
  }
  return ["ok", full];
}
