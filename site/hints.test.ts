import { expect, test } from "vitest";
import { oneChapter, oneExercise, problemsOf, siteOf } from "./sample-book.ts";

const folder = "exercises/01-echo/01-shout";
const withHints = (text: string) => ({
  ...oneChapter,
  ...oneExercise,
  [`${folder}/hints.md`]: text,
});

test("each hint lies folded inside the one before", () => {
  const html =
    siteOf({ ...oneChapter, ...oneExercise }).files.get(
      "01-echo/01-shout/index.html",
    ) ?? "";
  const hints = html.slice(html.indexOf('<h2 id="hints">'));
  expect(hints.match(/<\/?details|<summary>[^<]*/g)).toEqual([
    "<details",
    "<summary>Where to look",
    "<details",
    "<summary>What to change",
    "<details",
    "<summary>Almost there",
    "</details",
    "</details",
    "</details",
  ]);
  expect(hints).not.toContain("<details open");
});

test("the stub is shown, and its page says where to edit it", () => {
  const html = siteOf({ ...oneChapter, ...oneExercise }).files.get(
    "01-echo/01-shout/index.html",
  );
  expect(html).toContain(`Edit <code>${folder}/exercise.ts</code>`);
  expect(html).toContain("TODO(you)");
});

test("fewer or more than three tiers are an error", () => {
  const cure =
    'Write three "## " headings: where to look, what to change, almost there.';
  expect(problemsOf(withHints("## One\n\nx\n"))).toEqual([
    `hints ${folder}/hints.md:1: there are 1 tiers of hints. ${cure}`,
  ]);
  expect(problemsOf(withHints("## 1\n## 2\n## 3\n## 4\n"))).toEqual([
    `hints ${folder}/hints.md:1: there are 4 tiers of hints. ${cure}`,
  ]);
});

test("a mistake in a hint is named with the hint's file and line", () => {
  const text = "## One\n\nx\n\n## Two\n\n[gone](gone.md)\n\n## Three\n\nz\n";
  expect(problemsOf(withHints(text))).toEqual([
    `broken-link ${folder}/hints.md:7: the link gone.md leads to ${folder}/gone.md, which does not exist. Fix the link, or link to a file or page.`,
  ]);
});

test("an exercise without its stub or its hints is an error", () => {
  const { [`${folder}/hints.md`]: _, ...rest } = {
    ...oneChapter,
    ...oneExercise,
  };
  expect(problemsOf(rest)).toEqual([
    `no-file ${folder}/README.md:1: there is no file ${folder}/hints.md. Write it, or fix the link.`,
  ]);
});
