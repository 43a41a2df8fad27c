import { posix } from "node:path";
import { SiteError } from "./site-error.ts";

/** Checks every link and anchor of the built pages against the pages. */
export function brokenLinks(files: ReadonlyMap<string, string>): SiteError[] {
  const ids = new Map<string, Set<string>>();
  const idsOf = (file: string, html: string) => {
    const known = ids.get(file);
    if (known) return known;
    const found = new Set(
      [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => id),
    );
    ids.set(file, found);
    return found;
  };
  const problems: SiteError[] = [];
  for (const [file, html] of files) {
    if (!file.endsWith(".html")) continue;
    const places = html.matchAll(/\s(href|src)="([^"]*)"/g);
    for (const { 1: kind, 2: link = "", index } of places) {
      const why = wrong(file, link.replaceAll("&amp;", "&"), kind === "src");
      if (why === undefined) continue;
      const line = html.slice(0, index).split("\n").length;
      problems.push(
        new SiteError(
          "broken-link",
          file,
          line,
          `the link ${link} ${why}. Fix it where the page is written.`,
        ),
      );
    }
  }
  return problems;

  function wrong(
    file: string,
    link: string,
    isLoaded: boolean,
  ): string | undefined {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) {
      const isElsewhere = isLoaded && !link.startsWith("data:");
      return isElsewhere ? "makes the page ask another server" : undefined;
    }
    const [path = "", anchor] = link.split("#");
    let target = file;
    if (path !== "") {
      target = posix.join(posix.dirname(file), decodeURIComponent(path));
      if (target === "." || target.endsWith("/")) {
        target = posix.join(target, "index.html");
      }
    }
    const html = files.get(target);
    if (html === undefined) return "leads to no page";
    if (anchor === undefined || anchor === "") return undefined;
    if (idsOf(target, html).has(decodeURIComponent(anchor))) return undefined;
    return `leads to an anchor that ${target} does not have`;
  }
}
