/** What is wrong on a page or in a file that it shows, where, and the cure. */
export class SiteError extends Error {
  override readonly name = "SiteError";
  readonly code: string;
  readonly file: string;
  readonly line: number;

  constructor(code: string, file: string, line: number, text: string) {
    super(`${file}:${line}: ${text}`);
    this.code = code;
    this.file = file;
    this.line = line;
  }
}

/** All problems of one build, as one message; none are an empty one. */
export function report(problems: readonly SiteError[]): string {
  if (problems.length === 0) return "";
  const count =
    problems.length === 1 ? "one problem" : `${problems.length} problems`;
  const list = problems.map(({ message }) => `  ${message}`).join("\n");
  return `The site has ${count}:\n${list}`;
}
