import { expect, test } from "vitest";
import { type ChatNode, place } from "./exercise.ts";

function node(name: string, clients: string[], isAlive = true): ChatNode {
  return { name, clients, isAlive };
}

function says(rule: string, nodes: ChatNode[], got: unknown, look: string) {
  const story = nodes.map(
    ({ name, isAlive, clients }) =>
      `  ${name} is ${isAlive ? "alive" : "dead"}, with ${clients.join(", ") || "nobody"}`,
  );
  return `${rule}\n\nWhat happened:\n${story.join("\n")}\n  the answer: ${got}\n\n${look}\n\nIn short`;
}

test("a new client goes where there are fewest", () => {
  const nodes = [
    node("a", ["Ann", "Bob"]),
    node("b", ["Cid", "Dan", "Eve"]),
    node("c", ["Fay"]),
    node("d", ["Gus", "Hal", "Ida"]),
  ];
  const got = ["Zoe", "Yann", "Xerxes", "Wilma"].map((who) =>
    place(nodes, who),
  );
  expect(
    got.join(),
    says(
      "A client that is nowhere yet goes to the node with the fewest clients.",
      nodes,
      got.join(", "),
      "The load of a node is the number of its clients. Neither its place in the list nor the client's name says anything about it.",
    ),
  ).toBe("c,c,c,c");
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
