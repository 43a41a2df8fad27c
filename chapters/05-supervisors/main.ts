import { createNode, type Self } from "#runtime";
import { printTree } from "./print-tree.ts";
import { stories } from "./stories.ts";
import type { Teller } from "./top.ts";
import { watchTree } from "./watch-tree.ts";

// npm run chapter 05: tells every story of the page. -- tree: that one only.
// -- observe: shows the tree while it runs, and lets you kill processes.
// Supervisors report every death; here that would stand between the lines.
const node = createNode({ logger: () => {} });
const wanted = process.argv[2];
const names = Object.keys(stories).filter((name) => name === (wanted ?? name));

// With dashes too, where the shell and npm let them through.
if (/^(?:--)?observe$/.test(wanted ?? "")) {
  const { stdin: input, stdout: output } = process;
  if (input.isTTY && output.isTTY) await watchTree({ input, output });
  else {
    const print = (line: string) => console.log(line);
    node.spawn((self: Teller) => printTree(self, print));
  }
} else if (names.length === 0) {
  const list = Object.keys(stories).join(", ");
  console.error(
    `There is no "${wanted}" here. Try: npm run chapter 05 -- tree\nThere are: ${list}, observe`,
  );
  process.exitCode = 1;
} else {
  tell(names);
}

/** One after the other: each in a process of its own, for most of them trap. */
function tell([name, ...rest]: string[]): void {
  const story = name === undefined ? undefined : stories[name];
  if (story === undefined) return;
  console.log(`\n${name}`);
  node.spawn(function* teller(self: Self<never>) {
    yield* story(self, (line) => console.log(`  ${line}`));
    tell(rest);
  });
}
