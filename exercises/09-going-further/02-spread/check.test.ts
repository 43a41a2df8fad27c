import { expect, test } from "vitest";
import { format } from "#runtime";
import { type ChatNode, place } from "./exercise.ts";

function node(name: string, clients: string[], isAlive = true): ChatNode {
  return { name, clients, isAlive };
}

function says(rule: string, nodes: ChatNode[], got: unknown, look: string) {
  const story = nodes.map(
    ({ name, isAlive, clients }) =>
      `  ${name} is ${isAlive ? "alive" : "dead"}, with ${clients.join(", ") || "nobody"}`,
  );
  return `${rule}\n\nWhat happened:\n${story.join("\n")}\n  the answer: ${format(got)}\n\n${lookAtForm(got, nodes) ?? look}\n\nIn short`;
}

/** What to say of something that is no answer at all, right or wrong. */
function lookAtForm(got: unknown, nodes: ChatNode[]): string | undefined {
  if (got === undefined)
    return nodes.some(({ isAlive }) => isAlive)
      ? "There is a living node, and nothing was given back. Was a return forgotten, or was every node left out?"
      : undefined;
  if (typeof got === "string" && got !== "") return undefined;
  return `An answer is the name of a node, a string; where there is none to go to, undefined. ${format(got)} is neither.`;
}

test("a new client goes where there are fewest", () => {
  for (const who of ["Zoe", "Yann", "Xerxes", "An"]) {
    const nodes = [
      node("a", ["Ann", "Bob"]),
      node("b", ["Cid", "Dan", "Eve"]),
      node("c", ["Fay"]),
      node("d", ["Gus", "Hal", "Ida"]),
    ];
    const got = place(nodes, who);
    expect(
      got,
      says(
        `${who} is nowhere yet, and goes to the node with the fewest clients.`,
        nodes,
        got,
        who === "An" && got === "a"
          ? "An is not Ann, who is on a. A client is there under its whole name."
          : "The load of a node is the number of its clients. Neither its place in the list nor the client's name says anything about it.",
      ),
    ).toBe("c");
  }
});

test("a client stays where it is", () => {
  const nodes = [node("a", ["Ann", "Bob"]), node("b", [])];
  const got = place(nodes, "Bob");
  expect(
    got,
    says(
      "Bob is on a already, and stays there although b has fewer.",
      nodes,
      got,
      "Moving a client cuts its line. Look for the client before you compare the loads.",
    ),
  ).toBe("a");
});

test("a dead node gets nobody", () => {
  const nodes = [node("a", [], false), node("b", ["Ann"])];
  const got = place(nodes, "Zoe");
  expect(
    got,
    says(
      "A dead node is left out, even if it has the fewest clients.",
      nodes,
      got,
      "A node that has just died looks wonderfully idle.",
    ),
  ).toBe("b");
});

test("a client of a dead node goes to a living one", () => {
  const nodes = [node("a", ["Ann"], false), node("b", ["Bob"])];
  const got = place(nodes, "Ann");
  expect(
    got,
    says(
      "Ann was on a, and a is dead: she goes to b.",
      nodes,
      got,
      "Staying is a rule for living nodes. Leave out the dead before you look for the client.",
    ),
  ).toBe("b");
});

test("with no living node there is no answer", () => {
  const nodes = [node("a", ["Ann"], false)];
  const got = place(nodes, "Zoe");
  expect(
    got,
    says(
      "With no living node, the answer is undefined.",
      nodes,
      got,
      "Do not send anybody to a node that is not there.",
    ),
  ).toBe(undefined);
});

test("the nodes are left as they were", () => {
  const given = () => [node("a", ["Ann", "Bob"]), node("b", ["Cid"])];
  const nodes = given();
  place(nodes, "Zoe");
  expect(
    format(nodes),
    says(
      "Zoe is placed. The list of nodes, and theirs of clients, stay as they are.",
      nodes,
      place(nodes, "Zoe"),
      "The nodes belong to the dispatcher, who enters the client itself. To sort an array sorts the one that was given; sort a copy.",
    ),
  ).toBe(format(given()));
});
