import { readFileSync } from "node:fs";

// In the order of the cascade: what comes later may overrule.
const style = [
  "colours",
  "text",
  "code",
  "diagram",
  "navigation",
  "layout",
  "print",
];

/** The files that every page shares: one style sheet and one script. */
export function assets(): [path: string, text: string][] {
  const parts = style.map((name) => read(`style/${name}.css`));
  return [
    ["style.css", parts.join("\n")],
    ["page.js", read("page.js")],
  ];
}

function read(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");
}
