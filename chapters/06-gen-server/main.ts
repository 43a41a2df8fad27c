import { createNode, type Node, type Self } from "#runtime";
import { stories } from "./stories.ts";

// npm run chapter 06: tells every story of the page. -- failures: that one only.
const wanted = process.argv[2];
const names = Object.keys(stories).filter((name) => name === (wanted ?? name));

if (names.length === 0) {
  const list = Object.keys(stories).join(", ");
  console.error(
    `There is no "${wanted}" here. Try: npm run chapter 06 -- failures\nThere are: ${list}`,
  );
  process.exitCode = 1;
} else {
  // Reports of the deaths that are told would stand between the lines.
  tell(createNode({ logger: () => {} }), names);
}

/** One after the other: each in a process of its own, for some of them trap. */
function tell(node: Node, [name, ...rest]: string[]): void {
  const story = name === undefined ? undefined : stories[name];
  if (story === undefined) return;
  console.log(`\n${name}`);
  node.spawn(function* teller(self: Self<never>) {
    yield* story(self, (line) => console.log(`  ${line}`));
    tell(node, rest);
  });
}
