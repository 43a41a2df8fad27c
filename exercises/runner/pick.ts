import type { Exercise } from "./catalogue.ts";

/** What a learner's word means, or a sentence that says why nothing. */
export type Pick =
  | { readonly kind: "exercise"; readonly exercise: Exercise }
  | { readonly kind: "chapter"; readonly chapter: string }
  | { readonly kind: "nothing"; readonly why: string };

/** `02/01`, `2/1`, or a part of an exercise's path; `02` or `2` is a chapter. */
export function pick(word: string, all: readonly Exercise[]): Pick {
  const short = /^(\d\d?)(?:[/.-](\d\d?))?$/.exec(word);
  const fits = short
    ? numbered(all, short[1], short[2])
    : all.filter(({ folder }) => folder.includes(pathOf(word)));
  const [exercise] = fits;
  if (!exercise || pathOf(word) === "") {
    const what = short && !short[2] ? "chapter with exercises" : "exercise";
    return { kind: "nothing", why: `There is no ${what} ${word}.` };
  }
  if (short && !short[2]) {
    return { kind: "chapter", chapter: exercise.id.slice(0, 2) };
  }
  if (fits.length === 1) return { kind: "exercise", exercise };
  const ids = fits.map(({ id }) => id).join(", ");
  return { kind: "nothing", why: `More than one fits ${word}: ${ids}.` };
}

/** For a command that is about one exercise. */
export function pickOne(
  command: "hint" | "reset",
  word: string,
  all: readonly Exercise[],
): Exercise | string {
  const found = pick(word, all);
  if (found.kind === "exercise") return found.exercise;
  if (found.kind === "chapter") {
    const { chapter } = found;
    return `${word} is a chapter. Name one of its exercises, like this: npm run ${command} ${chapter}/01`;
  }
  return `${found.why} Name one like this: npm run ${command} 02/01`;
}

function numbered(all: readonly Exercise[], chapter = "", exercise?: string) {
  const pad = (digits: string) => digits.padStart(2, "0");
  const id = `${pad(chapter)}/${exercise ? pad(exercise) : ""}`;
  return all.filter((one) => one.id.startsWith(id));
}

/** As the tree writes it; a shell's tab completion adds at both ends. */
function pathOf(word: string): string {
  return word
    .replaceAll("\\", "/")
    .replace(/^\.\//, "")
    .replace(/(?:^|\/)(?:exercise\.ts)?$/, "");
}
