import { assets } from "./assets.ts";
import { catalogueOf } from "./catalogue.ts";
import { brokenLinks } from "./check-links.ts";
import { sourceUrl } from "./destination.ts";
import { framed } from "./frame.ts";
import { frontPage } from "./front-page.ts";
import { type RenderedPage, renderPage } from "./render-page.ts";
import type { SiteError } from "./site-error.ts";
import { type Listing, listingOf, sourcePage } from "./source-page.ts";
import { unusedRegions } from "./unused-regions.ts";

/** A built site in memory: nothing is written yet. */
export interface Site {
  /** Path below the site's root to the text of the file. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly SiteError[];
  /** Every file of the repository that some page depends on. */
  readonly used: ReadonlySet<string>;
}

/** Remembers rendered pages, so that a change costs only the pages it is on. */
export class Generator {
  readonly #root: string;
  readonly #rendered = new Map<string, RenderedPage>();
  readonly #listings = new Map<string, Listing>();
  #tree = "";

  constructor(root: string) {
    this.#root = root;
  }

  /** Forgets the pages that use a file, so that `site()` renders them again. */
  forget(file: string): void {
    for (const [url, { context }] of this.#rendered) {
      if (context.used.has(file)) this.#rendered.delete(url);
    }
  }

  site(): Site {
    const root = this.#root;
    const problems: SiteError[] = [];
    const chapters = catalogueOf(root, problems);
    const entries = chapters.flatMap((one) => [one, ...one.exercises]);
    const pages = new Set(entries.map(({ url }) => url));
    const tree = [...pages].join();
    // A page come or gone changes where the links of all others lead.
    if (tree !== this.#tree) this.#rendered.clear();
    this.#tree = tree;

    const files = new Map([["index.html", frontPage(chapters)], ...assets()]);
    const used = new Set<string>();
    const shown = new Set<string>();
    const sources = new Set<string>();
    for (const entry of entries) {
      const { url, title } = entry;
      const page = this.#rendered.get(url) ?? renderPage(entry, root, pages);
      this.#rendered.set(url, page);
      const { html, context, problem } = page;
      if (problem) problems.push(problem);
      problems.push(...context.remarks);
      for (const file of context.used) used.add(file);
      for (const region of context.shown) shown.add(region);
      for (const file of context.sources) sources.add(file);
      const { headings } = context;
      const whole = framed({ url, title, html, headings, chapters });
      files.set(`${url.slice(1)}index.html`, whole);
    }
    for (const file of sources) {
      used.add(file);
      const path = `${sourceUrl(file).slice(1)}index.html`;
      const listing = listingOf(file, root, this.#listings.get(file));
      this.#listings.set(file, listing);
      files.set(path, sourcePage(file, listing, chapters));
    }
    // While a page is broken, what it shows and where its anchors are is
    // unknown: complaining about that as well would hide the cause.
    if (problems.length === 0) {
      problems.push(...unusedRegions(root, chapters, shown));
      problems.push(...brokenLinks(files));
    }
    return { files, problems, used };
  }
}
