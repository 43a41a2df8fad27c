import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { TreeNode } from "#runtime";
import { branches, drawTree } from "./draw-tree.ts";
import { afterKey, screen, type View } from "./screen.ts";
import { watchTree } from "./watch-tree.ts";

function grown(id: string, children: TreeNode[] = []): TreeNode {
  const pid = undefined;
  return { id, pid, state: "stopped", restarts: 0, children };
}

const trees = [
  { ...grown("S", [grown("a", [grown("b")]), grown("c")]), restarts: 1 },
];
const view = (chosen: string): View => ({ chosen, wants: "nothing" });

test("a tree is drawn a line for each process, with its way to the top", () => {
  expect(drawTree(trees)).toEqual([
    "S stopped, 1 restart",
    "├─ a stopped",
    "│  └─ b stopped",
    "└─ c stopped",
  ]);
});

test("the chosen process is marked, and the others stand below it", () => {
  expect(drawTree(trees, "S/a")).toEqual([
    "  S stopped, 1 restart",
    "> ├─ a stopped",
    "  │  └─ b stopped",
    "  └─ c stopped",
  ]);
});

test("a process is known by its way from the top, not by its pid", () => {
  const paths = branches(trees).map(({ path }) => path);
  expect(paths).toEqual(["S", "S/a", "S/a/b", "S/c"]);
});

test("up and down stay within the tree", () => {
  expect(afterKey(view("S"), "down", trees).chosen).toBe("S/a");
  expect(afterKey(view("S"), "up", trees).chosen).toBe("S");
  expect(afterKey(view("S/c"), "j", trees).chosen).toBe("S/c");
  expect(afterKey(view("S/gone"), "down", trees).chosen).toBe("S/a");
});

test("a new tree is to be had only when the old one has ended", () => {
  expect(afterKey(view("S"), "n", trees).wants).toBe("nothing");
  expect(afterKey(view("S"), "n", []).wants).toBe("new tree");
  expect(screen([], view("S"), []).join("\n")).toContain("n: a new one");
});

test("a key kills the chosen process, its restart is seen, and q restores the terminal", async () => {
  const input = Object.assign(new PassThrough(), {
    raw: [] as boolean[],
    setRawMode: (isRaw: boolean) => void input.raw.push(isRaw),
  });
  const output = new PassThrough();
  let seen = "";
  const hasShown = (wanted: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!wanted.test(seen)) return;
        output.off("data", look);
        resolve();
      };
      output.on("data", look);
      look();
    });
  output.on("data", (data) => {
    seen += data;
  });
  const watched = watchTree({ input, output });
  await hasShown(/> S0 <[\s\S]*P3 </);
  input.write("j");
  await hasShown(/> ├─ S1 </);
  input.write("j");
  await hasShown(/> │ {2}├─ P0 </);
  input.write("x");
  await hasShown(/S1 <[\d.]+>, 1 restart[\s\S]*child_terminated P0, killed/);
  input.write("q");
  await watched;
  expect(input.raw).toEqual([true, false]);
  expect(seen.endsWith("\x1b[?25h\x1b[?1049l")).toBe(true);
});
