const DEEPEST = 6;
const LONGEST = 40;
/** In characters; a reader's patience, not a limit of the machine. */
const WIDEST = 500;

/**
 * A message or a reason as text, the way it is written in a program:
 * `["ping", 3, <0.2.0>]`. Long and deep values are cut short with `…`.
 */
export function format(value: unknown): string {
  const text = write(value, 0);
  return text.length > WIDEST ? `${text.slice(0, WIDEST)}…` : text;
}

function write(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function")
    return `function ${value.name || "(anonymous)"}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (depth > DEEPEST) return "…";
  const kind = KINDS.get(Object.prototype.toString.call(value));
  if (kind) return kind;
  if (Array.isArray(value)) return `[${list(value, depth)}]`;
  if (value instanceof Uint8Array)
    return `<<${list([...value.subarray(0, LONGEST + 1)], depth)}>>`;
  if (
    Object.hasOwn(Object.getPrototypeOf(value) ?? {}, "toString") &&
    !isPlain(value)
  ) {
    return printed(value);
  }
  const keys = Object.keys(value);
  const shown = keys
    .slice(0, LONGEST)
    .map((key) => `${key}: ${write(value[key as never], depth + 1)}`);
  if (keys.length > LONGEST) shown.push("…");
  return `{ ${shown.join(", ")} }`;
}

/** By a toString of its own, which may be any program's, and throw. */
function printed(value: object): string {
  try {
    return String(value);
  } catch {
    return "…";
  }
}

/** What is a mistake wherever it stands in a message: nobody has waited for it. */
const KINDS = new Map([
  ["[object Generator]", "a called body"],
  ["[object Promise]", "a promise"],
]);

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function list(items: readonly unknown[], depth: number): string {
  const shown = items.slice(0, LONGEST).map((one) => write(one, depth + 1));
  if (items.length > LONGEST) shown.push("…");
  return shown.join(", ");
}
