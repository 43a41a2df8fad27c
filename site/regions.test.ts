import { describe, expect, test } from "vitest";
import { regionsOf, withoutMarkers } from "./regions.ts";
import { oneChapter, pageOf, problemsIn, problemsOf } from "./sample-book.ts";

const show = "[code: a](a.ts)";

describe("a region on a page", () => {
  test("is shown without its markers and its indent", () => {
    const text =
      "function f() {\n  // #region a\n  if (x) {\n    y();\n  }\n  // #endregion\n}";
    expect(regionsOf(text, "a.ts").get("a")?.text).toBe("if (x) {\n  y();\n}");
  });

  test("may be marked in Erlang and in shell", () => {
    expect(
      regionsOf("%% #region a\nx.\n%% #endregion", "a.erl").get("a")?.text,
    ).toBe("x.");
    expect(
      regionsOf("# #region a\nls\n# #endregion", "a.sh").get("a")?.text,
    ).toBe("ls");
  });

  test("may lie inside another", () => {
    const text =
      "// #region a\n1;\n// #region b\n2;\n// #endregion\n// #endregion";
    const regions = regionsOf(text, "a.ts");
    expect(regions.get("a")?.text).toBe("1;\n2;");
    expect(regions.get("b")?.text).toBe("2;");
  });

  test("does not show markers when the whole file is shown", () => {
    expect(withoutMarkers("// #region a\n1;\n// #endregion\n")).toBe("1;");
    const html = pageOf(
      "[code: a](a.ts)\n\n[code](a.ts)\n\ntext [code](a.ts)",
      {
        "a.ts": "// #region a\n1;\n// #endregion\n2;\n",
      },
    );
    expect(html).not.toMatch(/<main[\s\S]*#region[\s\S]*<\/main>/);
  });
});

describe("a mistake with regions is an error with its place and its cure", () => {
  test.each([
    [
      "missing",
      "// nothing\n",
      'no-region chapters/01-one/index.md:3: chapters/01-one/a.ts has no region "a". Add it, or fix the link.',
    ],
    [
      "unclosed",
      "\n// #region a\n1;\n",
      'region-unclosed chapters/01-one/a.ts:2: region "a" is never closed. Add #endregion after it.',
    ],
    [
      "empty",
      "// #region a\n\n// #endregion\n",
      'region-empty chapters/01-one/a.ts:1: region "a" is empty. Put code in it, or remove it.',
    ],
    [
      "doubled",
      "// #region a\n1;\n// #endregion\n// #region a\n2;\n// #endregion\n",
      'region-doubled chapters/01-one/a.ts:4: region "a" is already used in this file. Rename one of the two.',
    ],
    [
      "unopened",
      "1;\n// #endregion\n",
      "region-unopened chapters/01-one/a.ts:2: #endregion closes nothing. Remove it, or add the #region above.",
    ],
    [
      "nameless",
      "// #region\n1;\n// #endregion\n",
      "region-name chapters/01-one/a.ts:1: this region has no name. Name it.",
    ],
  ])("%s", (_, text, message) => {
    expect(problemsIn(show, { "a.ts": text })).toEqual([message]);
  });

  test("unused", () => {
    const files = { "a.ts": "\n// #region b\n1;\n// #endregion\n" };
    expect(problemsIn("text", files)).toEqual([
      'region-unused chapters/01-one/a.ts:2: no page shows region "b". Show it with [code: b](a.ts), or remove its markers.',
    ]);
  });

  test("unclosed in a file that no page shows", () => {
    const files = { "a.ts": "// #region b\n1;\n" };
    expect(problemsIn("text", files)[0]).toMatch(/^region-unclosed .*a\.ts:1:/);
  });

  test("all broken pages are named at once", () => {
    const broken = {
      ...oneChapter,
      "chapters/01-echo/echo.ts": "// #region hello\n",
      "chapters/02-two/index.md": "# Two\n\n[code: b](b.ts)\n",
    };
    expect(problemsOf(broken).map((one) => one.split(" ")[0])).toEqual([
      "region-unclosed",
      "no-file",
    ]);
  });
});
