import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Every TypeScript file below a folder, relative to the root. */
function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(
    (found) => {
      const path = `${folder}/${found.name}`;
      if (found.name === "node_modules" || found.name === "dist") return [];
      if (found.isDirectory()) return filesIn(path);
      return /\.ts$/.test(found.name) ? [path] : [];
    },
  );
}

/** What a file imports; files of the repository by their path. */
function importsOf(
  file: string,
  text = readFileSync(join(root, file), "utf8"),
): string[] {
  const found = text.matchAll(
    /^(?:import\b[^;"']*?|export\s+(?:type\s+)?[*{][^;"']*?)\bfrom\s+"([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...found].map(([, stated, bare, dynamic]) => {
    const name = stated ?? bare ?? dynamic ?? "";
    return name.startsWith(".") ? posix.join(posix.dirname(file), name) : name;
  });
}

/** What is left of a file's imports when it runs: not those of types alone. */
function runningImportsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return importsOf(file, text.replace(/^(?:import|export) type [^;]*;/gm, ""));
}

/** What a page takes in a file's place. */
const { browser: inPage } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
) as { browser: Record<string, string> };
const takenInPage = (file: string) =>
  inPage[`./${file}`]?.replace("./", "") ?? file;

/** Who may import what; the first rule whose `from` fits a file counts. */
const rules: readonly {
  readonly from: RegExp;
  readonly may: (imported: string, file: string) => boolean;
}[] = [
  {
    from: /^runtime\/core\/.*(?<!\.test)\.ts$/,
    may: (it) => /^runtime\/core\//.test(it),
  },
  {
    from: /^runtime\/testing\/.*(?<!\.test)\.ts$/,
    may: (it) => /^runtime\/(?:core|testing)\//.test(it),
  },
  // What plays the same scenarios on real Erlang is part of a test.
  { from: /^runtime\/otp\/differential\//, may: () => true },
  {
    // Terms made up at random, pairs of nodes and the bundle of a page are
    // there for the tests.
    from: /^runtime\/distribution\/.*(?<!\.test|generated-terms|two-nodes|doomed-node|page-bundle)\.ts$/,
    may: (it) => /^runtime\/(?:core|otp|distribution)\/|^node:/.test(it),
  },
  {
    from: /^runtime\/otp\/.*(?<!\.test)\.ts$/,
    may: (it) => /^runtime\/(?:core|otp)\//.test(it),
  },
  {
    // worlds.ts is where its tests run: one node with sockets, one without.
    from: /^runtime\/net\/.*(?<!\.test|worlds)\.ts$/,
    may: (it) => /^runtime\/(?:core|net)\/|^node:/.test(it),
  },
  {
    from: /^runtime\/index\.ts$/,
    may: (it) => /^runtime\/(?:core|otp)\//.test(it),
  },
  { from: /^runtime\//, may: () => true },
  {
    // The shell and the runner of chapters belong to the house, not to a page.
    from: /^chapters\/(?:[^/]+\.ts|shell\/)/,
    may: (it) => /^#runtime|^node:|^chapters\/|^(?:esbuild|vitest)$/.test(it),
  },
  {
    // The one place where a page needs a database.
    from: /^chapters\/09-going-further\/sqlite-store\.ts$/,
    may: (it, file) =>
      /^node:|^node-sqlite3-wasm$/.test(it) ||
      posix.dirname(it) === posix.dirname(file),
  },
  {
    from: /^chapters\/|^exercises\/\d|^solutions\//,
    may: (it, file) =>
      /^#runtime|^node:/.test(it) ||
      (/\.test\.ts$/.test(file) &&
        /^vitest$|^chapters\/plain-node\.ts$|^runtime\/real-erlang\.ts$/.test(
          it,
        )) ||
      posix.dirname(it) === posix.dirname(file),
  },
  {
    from: /^site\//,
    may: (it) => !/^(?:#runtime|runtime\/|exercises\/|solutions\/)/.test(it),
  },
  { from: /^exercises\//, may: () => true },
];

const files = ["runtime", "chapters", "exercises", "solutions", "site"].flatMap(
  filesIn,
);

test("nobody imports what the house's rule does not let them", () => {
  const broken = files.flatMap((file) => {
    const rule = rules.find(({ from }) => from.test(file));
    return importsOf(file)
      .filter((imported) => !rule?.may(imported, file))
      .map((imported) => `${file} may not import ${imported}`);
  });
  expect(broken).toEqual([]);
  // A rule that reads nothing would hold as well.
  expect(importsOf("runtime/testing/simulate.ts")).toContain(
    "runtime/core/node.ts",
  );
});

test("what runs in a browser asks nothing of Node", () => {
  const reached = new Set<string>();
  const foreign: string[] = [];
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const imported of runningImportsOf(file)) {
      if (imported.startsWith("runtime/")) visit(takenInPage(imported));
      else foreign.push(`${file} imports ${imported}`);
    }
  };
  visit("runtime/index.ts");
  visit("runtime/testing/index.ts");
  if (files.includes("runtime/net/browser.ts")) visit("runtime/net/browser.ts");
  visit("runtime/distribution/browser.ts");
  expect(foreign).toEqual([]);
  expect(
    Object.values(inPage).filter((file) => !reached.has(file.slice(2))),
  ).toEqual([]);
  expect(reached.size).toBeGreaterThan(25);
});

test("no file is longer than a reader holds in mind, and none is a drawer", () => {
  const tooLong = files
    .filter((file) => !/\.test\.ts$/.test(file))
    .map((file) => ({
      file,
      lines: readFileSync(join(root, file), "utf8").split("\n").length - 1,
    }))
    .filter(({ lines }) => lines > 150);
  expect(tooLong).toEqual([]);
  const drawers = files.filter((file) =>
    /(?:^|\/)(?:utils?|helpers?|common|types|misc)\.ts$/.test(file),
  );
  expect(drawers).toEqual([]);
});
