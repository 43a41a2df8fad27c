import { posix } from "node:path";
import type { MarkdownIt, Token } from "markdown-it";
import { codeBlock, outputBlock } from "./code-block.ts";
import { eventsOf } from "./diagram-events.ts";
import { diagram } from "./diagram-svg.ts";
import { slugOf } from "./html.ts";
import { freshId, type PageContext, readFor } from "./page-context.ts";
import { regionsOf, withoutMarkers } from "./regions.ts";
import { SiteError } from "./site-error.ts";

/** One `[code: region](file)`, `[output](file)` or `[diagram: Title](file)`. */
interface Request {
  readonly kind: "code" | "output" | "diagram";
  readonly name: string;
  readonly href: string;
}

/**
 * Replaces a paragraph that is nothing but such links with what they name. On
 * GitHub, where this does not run, the same lines are links to the files.
 */
export function transclude(markdown: MarkdownIt): void {
  markdown.core.ruler.after("inline", "transclude", (state) => {
    const page = state.env as unknown as PageContext;
    for (let i = 0; i + 2 < state.tokens.length; i++) {
      const [open, inline] = [state.tokens[i], state.tokens[i + 1]];
      if (open?.type !== "paragraph_open" || !inline) continue;
      const line = (open.map?.[0] ?? 0) + 1;
      const requests = requestsIn(inline, page, line);
      if (requests.length === 0) continue;
      const blocks = requests.map((one, place) =>
        blockFor(one, page, line + place),
      );
      const token = new state.Token("html_block", "", 0);
      token.content =
        blocks.length === 1
          ? (blocks[0] ?? "")
          : `<div class="beside">${blocks.join("")}</div>\n`;
      state.tokens.splice(i, 3, token);
    }
  });
}

function requestsIn(inline: Token, page: PageContext, line: number): Request[] {
  const children = inline.children ?? [];
  const requests: Request[] = [];
  let other = false;
  for (let i = 0; i < children.length; i++) {
    const child = children[i];
    if (child?.type === "softbreak") continue;
    if (child?.type === "text" && child.content.trim() === "") continue;
    const close = children.findIndex(
      ({ type }, at) => at > i && type === "link_close",
    );
    if (child?.type !== "link_open" || close < 0) {
      other = true;
      continue;
    }
    const inside = children.slice(i + 1, close);
    const text = inside.map(({ content }) => content).join("");
    const match = /^(?:(code|output)|(code|diagram): *(.+))$/.exec(text);
    const kind = (match?.[1] ?? match?.[2]) as Request["kind"] | undefined;
    if (kind) {
      const href = String(child.attrGet("href") ?? "");
      requests.push({ kind, name: match?.[3]?.trim() ?? "", href });
    } else other = true;
    i = close;
  }
  const asked = requests.find(({ name }) => name !== "");
  if (other && asked) {
    throw new SiteError(
      "not-alone",
      page.file,
      line,
      `[${asked.kind}: ${asked.name}] shares its paragraph with other text. Give it a paragraph of its own.`,
    );
  }
  return other ? [] : requests;
}

function blockFor(request: Request, page: PageContext, line: number): string {
  const { kind, name, href } = request;
  const { file, text } = readFor(page, href, line);
  switch (kind) {
    case "output":
      checkFits(text.trimEnd(), `${href} as output`);
      return outputBlock(text.trimEnd(), href);
    case "diagram":
      return diagram(
        name,
        eventsOf(text, file),
        freshId(page, `diagram-${slugOf(name)}`),
      );
    case "code": {
      const regions = regionsOf(text, file);
      const found = regions.get(name)?.text;
      if (name !== "" && found === undefined) {
        throw new SiteError(
          "no-region",
          page.file,
          line,
          `${file} has no region "${name}". Add it, or fix the link.`,
        );
      }
      const shown = found ?? withoutMarkers(text);
      checkFits(
        shown,
        found === undefined ? href : `${href}, region "${name}"`,
      );
      if (found === undefined) {
        for (const region of regions.keys())
          page.shown.add(`${file}#${region}`);
      } else page.shown.add(`${file}#${name}`);
      page.sources.add(file);
      return codeBlock(page, shown, posix.extname(file).slice(1), file);
    }
  }

  function checkFits(code: string, what: string): void {
    const remark = (code: string, says: string) =>
      page.remarks.push(
        new SiteError(code, page.file, line, `${what} ${says}`),
      );
    const lines = code.split("\n");
    const widest = Math.max(...lines.map((one) => [...one].length));
    if (widest > 80) {
      remark(
        "too-wide",
        `has a line of ${widest} columns, pages show 80. Wrap it.`,
      );
    }
    if (lines.length > 40) {
      remark(
        "too-long",
        `has ${lines.length} lines, pages show 40. Show a region of it, or split it.`,
      );
    }
  }
}
