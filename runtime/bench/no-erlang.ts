import { hasErlang } from "../real-erlang.ts";

/** Why Erlang takes no part, and what helps; `undefined` where it does. */
export function noErlang(): string | undefined {
  if (hasErlang) return undefined;
  return "erlang skipped: there is no `erl`. Get it: apt-get install erlang-base, or brew install erlang";
}
