import { expect, test } from "vitest";
import { highlight } from "./highlight.ts";

const text = (html: string) =>
  html
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");

const pong = `/* Two
   lines */
function* pong(self: Self<"a & b">): Process {
  return \`\${'it'}\`;
}`;

test("coloured code is the code, whatever the colours", () => {
  for (const [language, code] of [
    ["ts", pong],
    ["erl", "pong() -> receive {ping, N} when N > 0 -> ok end. % <b>"],
    ["console", "$ npm start && echo <ok>"],
    ["nobody-knows", "<script>alert(1)</script>"],
  ] as const) {
    const html = highlight(code, language);
    expect(text(html)).toBe(code);
    expect(html).not.toMatch(/<(?!\/?(?:pre|code|span)\b)/);
  }
});

test("keywords, comments and strings have classes for the style sheet", () => {
  const html = highlight(pong, "ts");
  for (const name of ["keyword", "comment", "string"]) {
    expect(html).toContain(`class="hljs-${name}"`);
  }
});

test("each numbered line is whole by itself and has an anchor", () => {
  const html = highlight(pong, "ts", { numbered: true });
  const lines = html.match(/<span class="line" id="L\d+">.*/g) ?? [];
  expect(lines).toHaveLength(5);
  for (const line of lines) {
    const code = line.replace("</code></pre>", "");
    expect(code.match(/<span/g)?.length).toBe(code.match(/<\/span>/g)?.length);
  }
  expect(text(lines[1] ?? "")).toBe("   lines */");
});

test("from and type are keywords in an import and names elsewhere", () => {
  const html = highlight(
    `import type { Self } from "#runtime";
const reply = (from: Pid, type: string) => self.send(from, type);
for (const one of list) of(one);`,
    "ts",
  );
  const keywords = html.match(/(?<=class="hljs-keyword">)\w+/g);
  expect(keywords).toEqual([
    "import",
    "type",
    "from",
    "const",
    "for",
    "const",
    "of",
  ]);
});
