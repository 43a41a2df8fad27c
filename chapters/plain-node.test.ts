import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { asWritten, forPlainNode } from "./plain-node.ts";

test("a program that is imported as written knows its own place", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "as-written-")));
  const made: string[] = [];
  try {
    const program = join(folder, "main.ts");
    const lines = [
      "export const dirname: string = import.meta.dirname;",
      "export const url: string = import.meta.url;",
      "export const clause = { ping: () => 1 }.ping;",
    ];
    writeFileSync(program, lines.join("\n"));
    const file = await asWritten(program);
    const other = await forPlainNode(program);
    made.push(file, other);
    const loaded = await import(pathToFileURL(file).href);
    expect(loaded.dirname).toBe(folder);
    expect(loaded.url).toBe(pathToFileURL(program).href);
    expect(loaded.clause.name).toBe("ping");
    const plain = await import(pathToFileURL(other).href);
    expect(plain.dirname).not.toBe(folder);

    writeFileSync(program, "const x = ;");
    await expect(asWritten(program)).rejects.toMatchObject({
      errors: [{ text: 'Unexpected ";"', location: { line: 1 } }],
    });
  } finally {
    rmSync(folder, { recursive: true });
    for (const file of made) rmSync(file);
  }
});
