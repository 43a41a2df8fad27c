/** A name that an answer imports from one of the runtime's doors. */
export interface Import {
  readonly door: string;
  readonly name: string;
}

type Doors = ReadonlyMap<string, unknown>;

/** What a text takes from "#runtime…", as esbuild prints it, without types. */
export function importsOf(code: string): Import[] {
  const found = code.matchAll(
    /^import\s*\{([^}]*)\}\s*from "(#runtime[^"]*)";/gm,
  );
  return [...found].flatMap(([, names = "", door = ""]) =>
    names
      .split(",")
      .map((name) => name.trim().split(/\s+as\s+/)[0] ?? "")
      .filter((name) => name !== "")
      .map((name) => ({ door, name })),
  );
}

/**
 * The first import that nobody exports, in words. Without it the name would be
 * undefined, and the answer would fail far from the line that is wrong.
 */
export function missingImport(
  imports: readonly Import[],
  doors: Doors,
): string | undefined {
  for (const { door, name } of imports) {
    const exported = doors.get(door) as object | undefined;
    if (!exported) {
      return `There is no "${door}" to import from. There are ${[...doors.keys()].join(", ")}.`;
    }
    if (Object.hasOwn(exported, name)) continue;
    const like = Object.keys(exported).filter((one) => isLike(one, name));
    const meant = like.length > 0 ? ` Was ${like.join(" or ")} meant?` : "";
    return `exercise.ts imports ${name} from "${door}", and there is no such thing in it.${meant}`;
  }
  return undefined;
}

/**
 * The first name that a check needs and an answer does not export, in words.
 * Without it the check would call undefined.
 */
export function missingExport(
  needs: readonly string[],
  exported: object,
): string | undefined {
  const missing = needs.find((name) => !Object.hasOwn(exported, name));
  return missing === undefined
    ? undefined
    : `exercise.ts does not export ${missing}, and the check needs it. Write "export" before it, under that name.`;
}

/** Whether one may be a slip of the other: the letters are nearly the same. */
function isLike(one: string, other: string): boolean {
  const letters = (word: string) => [...word.toLowerCase()].sort();
  const rest = letters(other);
  let strange = 0;
  for (const letter of letters(one)) {
    const place = rest.indexOf(letter);
    if (place < 0) strange++;
    else rest.splice(place, 1);
  }
  return strange + rest.length <= 2;
}
