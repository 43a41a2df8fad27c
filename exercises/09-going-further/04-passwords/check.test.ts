import { expect, test } from "vitest";
import { logIn, newUser, type Tools, tools, type User } from "./exercise.ts";

const PASSWORD = "correct horse";

/** The given tools, which write down how they are used. */
function watched(): { using: Tools; calls: string[] } {
  const calls: string[] = [];
  const using: Tools = {
    random: (bytes) => {
      calls.push(`random ${bytes}`);
      return tools.random(bytes);
    },
    derive: (password, salt) => {
      calls.push("derive");
      return tools.derive(password, salt);
    },
    same: (one, other) => {
      calls.push("same");
      return tools.same(one, other);
    },
  };
  return { using, calls };
}

/** What a thief sees of a record: its fields but the name, in hexadecimal. */
function stolen(user: User): string {
  const fields = Object.entries(user).filter(([field]) => field !== "name");
  return fields
    .map(([field, value]) => `${field}: ${Buffer.from(value).toString("hex")}`)
    .join(", ");
}

function attempt(name: string, password: string) {
  const users = new Map([["Ann", newUser("Ann", PASSWORD, tools)]]);
  const { using, calls } = watched();
  let answer = "nothing";
  try {
    answer = logIn(users, name, password, using);
  } catch (error) {
    answer = `an error: ${error}`;
  }
  return { answer, did: calls.join(", ") || "nothing", calls };
}

function says(rule: string, happened: string, look: string): string {
  return `${rule}\n\nWhat happened:\n  ${happened}\n\n${look}\n\nIn short`;
}

test("nothing in a record is the password", () => {
  const user = newUser("Ann", PASSWORD, tools);
  const seen = stolen(user);
  const decoded = Object.values(user).map((value) =>
    typeof value === "string"
      ? `${value} ${Buffer.from(value, "base64")} ${Buffer.from(value, "hex")}`
      : `${Buffer.from(value)}`,
  );
  expect(
    decoded.some((text) => text.includes(PASSWORD)),
    says(
      "Whoever steals a record cannot read the password in it.",
      `The record says ${seen}`,
      "Encoding is not hiding: what can be turned back by anybody is plain text. Only the result of derive may be kept.",
    ),
  ).toBe(false);
});

test("the right password opens, and a wrong one does not", () => {
  const right = attempt("Ann", PASSWORD).answer;
  const wrong = attempt("Ann", "guess").answer;
  expect(
    `${right}, ${wrong}`,
    says(
      "Ann gets in with her password, and with no other.",
      `Her password gave ${right}, another gave ${wrong}`,
      "Is the hash derived with the salt that was kept?",
    ),
  ).toBe("ok, refused");
});

test("the same password looks different for two users", () => {
  const one = stolen(newUser("Ann", PASSWORD, tools));
  const other = stolen(newUser("Bob", PASSWORD, tools));
  expect(
    one,
    says(
      "Two users with one password have two hashes.",
      `Ann: ${one}\n  Bob: ${other}`,
      "With one salt for all, whoever guesses one password has guessed it for everybody. A salt belongs to one user.",
    ),
  ).not.toBe(other);
});

test("the same user gets another salt another time", () => {
  const one = stolen(newUser("Ann", PASSWORD, tools));
  const other = stolen(newUser("Ann", PASSWORD, tools));
  expect(
    one,
    says(
      "A salt is random: nobody can know it beforehand.",
      `Twice the same: ${one}`,
      'A salt made from the name lets a thief prepare a table for "admin" today. Take random bytes.',
    ),
  ).not.toBe(other);
});

test("an unknown user is refused, whatever the password", () => {
  const { answer, did } = attempt("Nobody", PASSWORD);
  expect(
    answer,
    says(
      "Who is not in the table does not get in.",
      `Nobody got ${answer}; logIn did: ${did}`,
      "The record of nobody is there for the work only. Was the user in the table?",
    ),
  ).toBe("refused");
});

test("an unknown user costs as much as a wrong password", () => {
  const count = (all: readonly string[]) =>
    all.filter((call) => call === "derive").length;
  const unknown = attempt("Nobody", "guess");
  const wrong = attempt("Ann", "guess");
  expect(
    count(unknown.calls),
    says(
      "The time of a refusal does not tell whether there is such a user.",
      `Unknown user: ${unknown.did}. Wrong password: ${wrong.did}`,
      "A quick no means: no such name. Derive in both cases.",
    ),
  ).toBe(count(wrong.calls));
});

test("hashes are compared in constant time", () => {
  const { calls, did } = attempt("Ann", "guess");
  expect(
    calls.includes("same"),
    says(
      "Hashes are compared by `same`.",
      `logIn did: ${did}`,
      "=== stops at the first difference, and the time it takes tells where that was.",
    ),
  ).toBe(true);
});
