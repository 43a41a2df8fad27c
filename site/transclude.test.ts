import { describe, expect, test } from "vitest";
import { pageOf, problemsIn, siteOf } from "./sample-book.ts";

const lines = (count: number) => "x;\n".repeat(count);

describe("code and output from files", () => {
  test("code carries a link to the whole file, which has a page", () => {
    const html = pageOf("[code](a.ts)", { "a.ts": "let a = 1 < 2;\n" });
    expect(html).toContain(
      '<figcaption><a href="../source/chapters/01-one/a.ts/">a.ts</a></figcaption>',
    );
    expect(html).toContain("&lt;");
  });

  test("output stands on the page exactly as it was printed", () => {
    const html = pageOf("[output](a.out)", { "a.out": "a  <b>\n  &c\n" });
    expect(html).toContain("<code>a  &lt;b&gt;\n  &amp;c</code>");
  });

  test("two blocks in one paragraph stand side by side", () => {
    const files = { "a.erl": "a.\n", "a.ts": "a;\n" };
    const html = pageOf("[code](a.erl)\n[code](a.ts)", files);
    expect(
      html.match(/<div class="beside"><figure[\s\S]*?<\/div>/)?.[0],
    ).toMatch(/a\.erl[\s\S]*a\.ts/);
  });

  test("Windows line ends make no difference", () => {
    const html = (end: string) =>
      pageOf("[code](a.ts)", { "a.ts": `a;${end}b;${end}` });
    expect(html("\r\n")).toBe(html("\n"));
  });

  test("a link in a sentence stays a link", () => {
    const html = pageOf("See [code](a.ts) there.", { "a.ts": "a;\n" });
    expect(html).toContain(
      'See <a href="../source/chapters/01-one/a.ts/">code</a> there.',
    );
  });
});

describe("what a page may not show is an error with its place and its cure", () => {
  test.each([
    [
      "a line wider than 80 columns",
      "[code](a.ts)",
      { "a.ts": `${"x".repeat(81)}\n` },
      "too-wide chapters/01-one/index.md:3: a.ts has a line of 81 columns, pages show 80. Wrap it.",
    ],
    [
      "more than 40 lines of code",
      "[code](a.ts)",
      { "a.ts": lines(41) },
      "too-long chapters/01-one/index.md:3: a.ts has 41 lines, pages show 40. Show a region of it, or split it.",
    ],
    [
      "a region of more than 40 lines",
      "[code: r](a.ts)",
      { "a.ts": `// #region r\n${lines(41)}// #endregion\n` },
      'too-long chapters/01-one/index.md:3: a.ts, region "r" has 41 lines, pages show 40. Show a region of it, or split it.',
    ],
    [
      "more than 40 lines of output",
      "[output](a.out)",
      { "a.out": lines(41) },
      "too-long chapters/01-one/index.md:3: a.out as output has 41 lines, pages show 40. Show a region of it, or split it.",
    ],
    [
      "a file that is not there",
      "text\n\n[output](b.out)",
      {},
      "no-file chapters/01-one/index.md:5: there is no file chapters/01-one/b.out. Write it, or fix the link.",
    ],
    [
      "a file outside the repository",
      "[code](../../../etc/hosts)",
      {},
      "outside chapters/01-one/index.md:3: ../../../etc/hosts is outside the repository. Show a file of this repository.",
    ],
    [
      "a file by an absolute path",
      "[code](/etc/hosts)",
      {},
      "outside chapters/01-one/index.md:3: /etc/hosts is outside the repository. Show a file of this repository.",
    ],
    [
      "code that shares its paragraph with words",
      "Look: [code: a](a.ts)",
      { "a.ts": "a;\n" },
      "not-alone chapters/01-one/index.md:3: [code: a] shares its paragraph with other text. Give it a paragraph of its own.",
    ],
  ])("%s", (_, markdown, files, message) => {
    expect(problemsIn(markdown, files as Record<string, string>)).toEqual([
      message,
    ]);
  });

  test("80 columns and 40 lines are welcome", () => {
    const text = `${"x".repeat(80)}\n`.repeat(40);
    expect(problemsIn("[code](a.ts)", { "a.ts": text })).toEqual([]);
  });
});

describe("a fence", () => {
  test("of TypeScript that nothing checks must say that it is a sketch", () => {
    expect(problemsIn("text\n\n```ts\nlet a;\n```")).toEqual([
      'unverified chapters/01-one/index.md:5: this ```ts fence is neither transcluded nor marked "sketch". Move the code to a file and show it with [code: name](file.ts), or write ```ts sketch.',
    ]);
    expect(problemsIn("```js\n1\n```")[0]).toMatch(/^unverified /);
  });

  test("that is a sketch is labelled as one", () => {
    const html = pageOf("```ts sketch\nlet a;\n```");
    expect(html).toContain('<figcaption class="sketch">sketch</figcaption>');
  });

  test("of what one types into a terminal needs no file", () => {
    expect(problemsIn("```sh\nnpm start\n```\n\n```\nplain\n```")).toEqual([]);
  });
});

test("a listing that is too long is shown nevertheless to who writes the page", () => {
  const { files, problems } = siteOf({
    "chapters/01-one/index.md": "# 1. One\n\n[code](a.ts)\n",
    "chapters/01-one/a.ts": "let line;\n".repeat(41),
  });
  expect(problems.map(({ code }) => code)).toEqual(["too-long"]);
  expect(files.get("01-one/index.html")).toContain("line;");
});
