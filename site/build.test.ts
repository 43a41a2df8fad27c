import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { write } from "./build.ts";
import { oneChapter, siteOf, written } from "./sample-book.ts";

test("a build leaves its own files in the folder and no older ones", () => {
  const folder = join(written({ "dist/gone/index.html": "old" }), "dist");
  const site = siteOf(oneChapter);
  write(site, folder);
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) =>
      join(one.parentPath, one.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
  expect(found.sort()).toEqual([...site.files.keys()].sort());
  for (const [path, text] of site.files) {
    expect(readFileSync(join(folder, path), "utf8")).toBe(text);
  }
});

test("a problem is reported with its code, its file and its line", () => {
  const broken = { ...oneChapter, "chapters/02-two/index.md": "no title\n" };
  const { problems } = siteOf(broken);
  expect(problems.map(({ code, file, line }) => [code, file, line])).toEqual([
    ["no-title", "chapters/02-two/index.md", 1],
  ]);
});
