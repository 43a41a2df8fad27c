import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";

/** Where a link of a Markdown file leads on the site. */
export type Destination =
  | { readonly kind: "elsewhere" }
  | { readonly kind: "page"; readonly url: string }
  | { readonly kind: "source"; readonly url: string; readonly file: string }
  | { readonly kind: "wrong"; readonly why: string; readonly file?: string };

/**
 * Links are written so that they work on GitHub, relative to the file. A link
 * to a chapter or exercise becomes its page, one to any other file of the
 * repository a page that shows that file.
 */
export function destinationOf(
  href: string,
  folder: string,
  root: string,
  pages: ReadonlySet<string>,
): Destination {
  if (/^[a-z][a-z0-9+.-]*:|^\/\/|^#/i.test(href)) return { kind: "elsewhere" };
  const [path = "", anchor] = href.split("#");
  const hash = anchor === undefined ? "" : `#${anchor}`;
  const file = posix
    .join(folder, decodeURIComponent(path))
    .replace(/\/(?:index\.md|README\.md)?$/, "");

  if (href.startsWith("/") || file.startsWith("..")) {
    return { kind: "wrong", why: "leads out of the repository" };
  }
  const page = /^(?:chapters|exercises)\/(.+)$/.exec(file)?.[1];
  if (page !== undefined && pages.has(`/${page}/`)) {
    const exercises = file.startsWith("exercises/") && !page.includes("/");
    return {
      kind: "page",
      url: `/${page}/${hash || (exercises ? "#exercises" : "")}`,
    };
  }
  const written = posix.join(folder, decodeURIComponent(path));
  const full = join(root, written);
  if (!existsSync(full)) {
    const why = `leads to ${written}, which does not exist`;
    return { kind: "wrong", why, file: written };
  }
  if (statSync(full).isDirectory()) {
    return {
      kind: "wrong",
      why: `leads to the folder ${file}, which has no page`,
    };
  }
  return { kind: "source", url: `${sourceUrl(written)}${hash}`, file: written };
}

/** The address of the page that shows a file of the repository. */
export function sourceUrl(file: string): string {
  return `/source/${file}/`;
}
