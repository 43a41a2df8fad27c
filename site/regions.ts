import { SiteError } from "./site-error.ts";

/** A named stretch of a source file, without its markers and its indent. */
export interface Region {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

const marker = /^\s*(?:\/\/|%+|#) ?#(region|endregion)\b[ \t]*(.*?)\s*$/;

/**
 * Finds the regions of a file: `// #region name` … `// #endregion`, in Erlang
 * `%% #region name`. Whatever would put a wrong or empty block on a page is an
 * error here, because nobody notices a missing block when reading.
 */
export function regionsOf(text: string, file: string): Map<string, Region> {
  const regions = new Map<string, Region>();
  const open: { name: string; line: number; lines: string[] }[] = [];

  text.split("\n").forEach((content, index) => {
    const line = index + 1;
    const [, kind, name = ""] = marker.exec(content) ?? [];
    if (kind === undefined) {
      for (const region of open) region.lines.push(content);
      return;
    }
    if (kind === "region") {
      if (name === "") {
        throw error(line, "region-name", "this region has no name. Name it.");
      }
      if (regions.has(name) || open.some((other) => other.name === name)) {
        throw error(
          line,
          "region-doubled",
          `region "${name}" is already used in this file. Rename one of the two.`,
        );
      }
      open.push({ name, line, lines: [] });
      return;
    }
    const region = open.pop();
    if (!region) {
      throw error(
        line,
        "region-unopened",
        "#endregion closes nothing. Remove it, or add the #region above.",
      );
    }
    const shown = dedent(region.lines);
    if (shown === "") {
      throw error(
        region.line,
        "region-empty",
        `region "${region.name}" is empty. Put code in it, or remove it.`,
      );
    }
    regions.set(region.name, {
      name: region.name,
      text: shown,
      line: region.line,
    });
  });

  const [unclosed] = open;
  if (unclosed) {
    throw error(
      unclosed.line,
      "region-unclosed",
      `region "${unclosed.name}" is never closed. Add #endregion after it.`,
    );
  }
  return regions;

  function error(line: number, code: string, message: string): SiteError {
    return new SiteError(code, file, line, message);
  }
}

/** A whole file as a page shows it: without the markers of its regions. */
export function withoutMarkers(text: string): string {
  const lines = text.split("\n").filter((line) => !marker.test(line));
  return lines.join("\n").trimEnd();
}

function dedent(lines: readonly string[]): string {
  const filled = lines.filter((line) => line.trim() !== "");
  const indents = filled.map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines
    .map((line) => line.slice(indent))
    .join("\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
}
