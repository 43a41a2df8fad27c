import type { StartResult } from "#runtime";

/** The server, where starting it cannot fail. Erlang's `{ok, Pid} = …`. */
export function started<P>(result: StartResult<P>): P {
  if (result === "ignore" || result[0] !== "ok") {
    throw new Error(`Not started: ${String(result)}.`);
  }
  return result[1];
}
