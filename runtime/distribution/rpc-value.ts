import { bare } from "./bare-word.ts";

/** A call that has no value: `["badrpc", "nodedown"]` and others. */
export type BadRpc = readonly ["badrpc", reason: unknown];

export function valueIn(
  response: Awaited<unknown> | readonly ["reply", unknown],
): unknown {
  const [kind, content] = response as readonly [string, readonly unknown[]];
  return kind === "reply" ? tidy(content) : badRpc(content[0]);
}

export function badRpc(reason: unknown): BadRpc {
  if (reason === "timeout") return ["badrpc", "timeout"];
  const isNodeDown =
    reason === "noconnection" ||
    (Array.isArray(reason) && reason[0] === "nodedown");
  return ["badrpc", isNodeDown ? "nodedown" : ["EXIT", reason]];
}

export function isDown(value: unknown): boolean {
  return (
    Array.isArray(value) && value[0] === "badrpc" && value[1] === "nodedown"
  );
}

/** The reason of a `badrpc` is a bare string, as reasons are in this runtime. */
export function tidy(value: unknown): unknown {
  if (!Array.isArray(value) || value[0] !== "badrpc") return value;
  const [tag, reason] = value;
  if (!Array.isArray(reason) || reason[0] !== "EXIT")
    return [tag, bare(reason)];
  return [tag, ["EXIT", bare(reason[1])]];
}
