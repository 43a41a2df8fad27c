import type { Exercise } from "./catalogue.ts";

/** The first exercise that is not done: what a learner should do next. */
export function nextOf(
  all: readonly Exercise[],
  done: readonly string[],
): Exercise | undefined {
  return all.find(({ id }) => !done.includes(id));
}

/** One line per chapter: what is done (●) and what is to do (○). */
export function standing(
  all: readonly Exercise[],
  done: readonly string[],
): string {
  const chapters = new Map<string, Exercise[]>();
  for (const exercise of all) {
    const chapter = exercise.folder.split("/")[1] ?? "";
    chapters.set(chapter, [...(chapters.get(chapter) ?? []), exercise]);
  }
  const widest = Math.max(0, ...[...chapters.keys()].map((one) => one.length));
  return [...chapters]
    .map(([chapter, its]) => {
      const marks = its.map(({ id }) => (done.includes(id) ? "●" : "○"));
      const count = its.filter(({ id }) => done.includes(id)).length;
      return `  ${chapter.padEnd(widest)}  ${marks.join("")}  ${count} of ${its.length}`;
    })
    .join("\n");
}

/** What to do next, in one or two lines. */
export function invitation(next: Exercise | undefined): string {
  if (!next) return "Every exercise is done. Well done indeed.";
  return `Next: ${next.id} ${next.title}\n      ${next.folder}/exercise.ts`;
}
