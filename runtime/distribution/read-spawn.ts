import { bare } from "./bare-word.ts";
import type { Control } from "./control.ts";
import { malformed } from "./distribution-error.ts";
import { Atom } from "./etf/index.ts";
import type { Parts } from "./read-control.ts";

/** `{29, ReqId, From, GroupLeader, {Module, Function, Arity}, Options}`, then arguments. */
export function readSpawn(parts: Parts): Control {
  const [, request, from, , target, options] = parts.fields;
  const args = parts.term();
  if (!Array.isArray(target) || target.length !== 3) {
    throw malformed("a spawn request names a module, a function and an arity");
  }
  const [module, name, arity] = target as unknown[];
  if (typeof module !== "string" || !(name instanceof Atom)) {
    throw malformed("the module and the function of a spawn are atoms");
  }
  if (!Array.isArray(args) || args.length !== arity) {
    throw malformed(`a spawn of arity ${arity} has other arguments`);
  }
  if (!Array.isArray(options)) throw malformed("spawn options are a list");
  return {
    kind: "spawn",
    request,
    from,
    module,
    function: name.text,
    args,
    link: options.some((option) => isNamed(option, "link")),
    monitor: options.some((option) => isNamed(option, "monitor")),
  };
}

/** `{31, ReqId, To, Flags, Result}`. */
export function readSpawnReply({ fields }: Parts): Control {
  const [, request, to, , result] = fields;
  return {
    kind: "spawn-reply",
    request,
    to,
    result: bare(result),
  };
}

/** `link`, and `{link, …}` too. */
function isNamed(option: unknown, name: string): boolean {
  if (Array.isArray(option)) return option[0] === name;
  return option instanceof Atom && option.text === name;
}
