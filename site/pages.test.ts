import { describe, expect, test } from "vitest";
import {
  oneChapter,
  oneExercise,
  pageOf,
  problemsIn,
  problemsOf,
  siteOf,
} from "./sample-book.ts";

const book = {
  ...oneChapter,
  ...oneExercise,
  "chapters/00-before/index.md": "# 0. Before\n\nWords.\n",
  "chapters/02-after/index.md": "# 2. After `all`\n\nWords.\n",
  "exercises/01-echo/02-sing/README.md": "# Sing\n\nWords.\n",
  "exercises/01-echo/02-sing/exercise.ts": "export {}; // TODO(you)\n",
  "exercises/01-echo/02-sing/hints.md": "## a\nx\n## b\nx\n## c\nx\n",
  // Neither is a chapter: a program, and a folder without a number.
  "chapters/run.ts": "export {};\n",
  "chapters/notes/index.md": "# Notes\n",
};
const order = [
  "00-before/",
  "01-echo/",
  "01-echo/01-shout/",
  "01-echo/02-sing/",
  "02-after/",
];

describe("the catalogue", () => {
  test("is the tree: the number is the order, the first heading the title", () => {
    const html = siteOf(book).files.get("index.html") ?? "";
    const overview = html.slice(html.indexOf('class="overview"'));
    const links = [...overview.matchAll(/href="([^"]+)">([^<]+)/g)];
    expect(links.map(([, href]) => href)).toEqual(order);
    expect(links.at(-1)?.[2]).toBe("2. After all");
  });

  test("previous and next lead through chapters and exercises in order", () => {
    const { files } = siteOf(book);
    const seen: string[] = [];
    for (let url = "00-before/"; url; ) {
      seen.push(url);
      const html = files.get(`${url}index.html`) ?? "";
      const next = /rel="next" href="([^"]+)"/.exec(html)?.[1];
      const before = /rel="prev" href="([^"]+)"/.exec(html)?.[1];
      expect(before && target(url, before)).toBe(seen.at(-2));
      url = next ? target(url, next) : "";
    }
    expect(seen).toEqual(order);
  });

  test("a folder without its page, or a page without title, is an error", () => {
    expect(
      problemsOf({
        "chapters/01-a/a.ts": "",
        "chapters/02-b/index.md": "Words.\n",
      }),
    ).toEqual([
      "no-page chapters/01-a/index.md:1: this file is missing. Write it, or remove the folder.",
      'no-title chapters/02-b/index.md:1: the page has no title. Begin it with a line "# …".',
    ]);
    expect(
      problemsOf({ ...oneChapter, "exercises/01-echo/01-x/exercise.ts": "" }),
    ).toEqual([
      "no-page exercises/01-echo/01-x/README.md:1: this file is missing. Write it: the situation, the task, what is out of scope.",
    ]);
  });
});

describe("the table of contents", () => {
  test("lists the sections below the title, when there are three", () => {
    const html = siteOf(oneChapter).files.get("01-echo/index.html") ?? "";
    expect(html).toMatch(
      /<h1[\s\S]*class="contents"[\s\S]*#first[\s\S]*#second[\s\S]*#third/,
    );
    expect(pageOf("## One\n\n## Two")).not.toContain('class="contents"');
  });

  test("gives headings of one name anchors of their own", () => {
    const html = pageOf("## Same\n\n## Same\n\n[second](#same-1)");
    expect(html).toContain('id="same"');
    expect(html).toContain('id="same-1"');
  });
});

test("a heading's name is its text; the link to it stands beside it", () => {
  expect(pageOf("## One `a & b`")).toContain(
    '<div class="heading"><h2 id="one-a--b">One <code>a &amp; b</code></h2><a class="anchor" href="#one-a--b" aria-label="Link to: One a &amp; b">#</a></div>',
  );
});

test("an exercise's title names its chapter, for another may be called the same", () => {
  const { files } = siteOf({ ...oneChapter, ...oneExercise });
  expect(files.get("01-echo/01-shout/index.html")).toContain(
    "<title>Shout · 1. Echo · Let It Crash</title>",
  );
  expect(files.get("01-echo/index.html")).toContain(
    "<title>1. Echo · Let It Crash</title>",
  );
});

describe("a link", () => {
  test("written for GitHub leads to the page", () => {
    const text =
      "[a](../01-echo/index.md#first) [b](../01-echo) [c](../../exercises/01-echo/01-shout/README.md)";
    const { files, problems } = siteOf({
      ...book,
      "chapters/00-before/index.md": `# 0\n\n${text}\n`,
    });
    expect(problems).toEqual([]);
    const html = files.get("00-before/index.html");
    for (const href of [
      "../01-echo/#first",
      "../01-echo/",
      "../01-echo/01-shout/",
    ]) {
      expect(html).toContain(`<a href="${href}">`);
    }
  });

  test.each([
    [
      "to a file that is not there",
      "[a](b.md)",
      "leads to chapters/01-one/b.md, which does not exist. Fix the link, or link to a file or page.",
    ],
    [
      "to a folder without a page",
      "[a](../../chapters)",
      "leads to the folder chapters, which has no page. Fix the link, or link to a file or page.",
    ],
    [
      "out of the repository",
      "[a](../../../x)",
      "leads out of the repository. Fix the link, or link to a file or page.",
    ],
    [
      "from the root of the disk",
      "[a](/etc/passwd)",
      "leads out of the repository. Fix the link, or link to a file or page.",
    ],
  ])("%s is an error with its line", (_, markdown, message) => {
    const [problem] = problemsIn(`Words.\n\n${markdown}`);
    expect(problem).toContain(
      "broken-link chapters/01-one/index.md:5: the link ",
    );
    expect(problem).toContain(message);
  });

  test("to an anchor that no section has is an error", () => {
    expect(problemsIn("[a](#gone)")[0]).toMatch(
      /^broken-link 01-one\/index\.html:\d+: the link #gone leads to an anchor/,
    );
    const other = {
      ...oneChapter,
      "chapters/02-two/index.md": "# 2\n\n[a](../01-echo/index.md#gone)\n",
    };
    expect(problemsOf(other)[0]).toMatch(
      /^broken-link 02-two\/index\.html:\d+: the link \.\.\/01-echo\/#gone leads to an anchor/,
    );
  });
});

test("a picture from elsewhere is an error; a link to elsewhere is not", () => {
  for (const url of ["https://example.org/a.png", "//example.org/a.png"]) {
    expect(problemsIn(`![picture](${url})`)[0]).toMatch(
      /^broken-link .* makes the page ask another server\. Fix it/,
    );
    expect(problemsIn(`[read](${url})`)).toEqual([]);
  }
});

describe("every page", () => {
  const { files } = siteOf(book);
  const pages = [...files].filter(([path]) => path.endsWith(".html"));

  test.each(pages)("%s asks nobody else for anything", (_, html) => {
    const asked =
      html.match(
        /<(?:script|img|iframe|source|link|use|object)\b[^>]*?(?:src|href)="(?!data:)[^"]*"/g,
      ) ?? [];
    expect(asked).toHaveLength(2);
    for (const one of asked)
      expect(one).toMatch(/"(?:\.\.\/)*(?:style\.css|page\.js)"$/);
    expect(html).not.toMatch(/@import|url\(|fetch\(|srcset|ping=/);
  });

  test.each(pages)("%s can be read without a script", (_, html) => {
    const still = html.replace(/<script[\s\S]*?<\/script>/g, "");
    expect(still).not.toMatch(/<button|\son[a-z]+="|hidden|display:\s*none/);
    expect(still).toMatch(/<main[\s\S]+<h1/);
  });

  test("shares a style sheet and a script that ask nobody either", () => {
    for (const name of ["style.css", "page.js"]) {
      expect(files.get(name)).not.toMatch(
        /https?:|@import|url\(|fetch\(|import\s*\(|XMLHttp/,
      );
    }
  });

  test("is the same to the byte from build to build", () => {
    expect([...siteOf(book).files]).toEqual([...siteOf(book).files]);
  });
});

function target(from: string, href: string): string {
  return new URL(href, `file:///${from}`).pathname.slice(1);
}

test("a file's own page shows beside it to which chapter it belongs", () => {
  const { files } = siteOf(book);
  const page = files.get("source/chapters/01-echo/echo.ts/index.html") ?? "";
  expect(page).toMatch(/<a href="[^"]*01-echo\/" aria-current="true">/);
  expect(page).not.toContain('aria-current="page"');
});
