import { expect, test } from "vitest";
import { format } from "#runtime";
import { logIn, newUser, type Tools, tools, type User } from "./exercise.ts";

const PASSWORD = "correct horse";

/** The given tools, which look at what they get, and write down their use. */
function watched(): { using: Tools; calls: string[] } {
  const calls: string[] = [];
  const using: Tools = {
    random: (bytes) => {
      calls.push(`random ${bytes}`);
      return tools.random(bytes);
    },
    derive: (password, salt) => {
      calls.push("derive");
      if (typeof password !== "string" || !(salt instanceof Uint8Array))
        throw new TypeError(
          `derive takes a password, a string, and a salt, bytes. It got ${format(password)} and ${format(salt)}.`,
        );
      return tools.derive(password, salt);
    },
    same: (one, other) => {
      calls.push("same");
      if (!(one instanceof Uint8Array && other instanceof Uint8Array))
        throw new TypeError(
          `same compares bytes with bytes. It got ${format(one)} and ${format(other)}.`,
        );
      return tools.same(one, other);
    },
  };
  return { using, calls };
}

function made(name: string, using = watched().using): User {
  return newUser(name, PASSWORD, using);
}

/** What a thief sees of a record: its fields but the name, in hexadecimal. */
function stolen(user: User): string {
  const fields = Object.entries(user).filter(([field]) => field !== "name");
  return fields
    .map(([field, value]) => `${field}: ${Buffer.from(value).toString("hex")}`)
    .join(", ");
}

function attempt(name: string, password: string) {
  const users = new Map([["Ann", made("Ann")]]);
  const { using, calls } = watched();
  const answer = format(logIn(users, name, password, using));
  return { answer, did: calls.join(", ") || "nothing", calls };
}

function says(rule: string, happened: string, look: string): string {
  return `${rule}\n\nWhat happened:\n  ${happened}\n\n${look}\n\nIn short`;
}

test("a record has the user's name", () => {
  const user: unknown = made("Ann");
  expect(
    Object(user).name,
    says(
      "A record is an object with the name, and with what a log-in needs.",
      `The record of Ann is ${format(user)}`,
      user === undefined
        ? "Nothing was given back. Was a return forgotten?"
        : "Whoever reads the table looks for a name. Only the password is a secret.",
    ),
  ).toBe("Ann");
});

test("nothing in a record is the password", () => {
  const user = made("Ann");
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
  const blind: Tools = {
    random: (bytes) => new Uint8Array(bytes),
    derive: () => new Uint8Array(32),
    same: tools.same,
  };
  const [one, again, other] = ["one", "one", "another"].map((password) =>
    format(newUser("Ann", password, blind)),
  );
  // A record that changes by itself has a salt of its own making; see below.
  expect(
    one === again ? other : one,
    says(
      "With a `derive` that gives the same for all passwords, all records are the same.",
      `Two passwords gave:\n  ${one}\n  ${other}`,
      "Something of the password gets into the record beside `derive`. What was made of it in another way is found out quickly, and what was turned round is turned back. Only the result of derive may be kept.",
    ),
  ).toBe(one);
});

test("the right password opens, and a wrong one does not", () => {
  const right = attempt("Ann", PASSWORD).answer;
  const wrong = attempt("Ann", "guess").answer;
  expect(
    `${right}, ${wrong}`,
    says(
      "Ann gets in with her password, and with no other.",
      `Her password gave ${right}, another gave ${wrong}`,
      /^"(ok|refused)", "(ok|refused)"$/.test(`${right}, ${wrong}`)
        ? "Is the hash derived with the salt that was kept, and compared with the hash that was kept?"
        : 'An answer is one of two words, "ok" and "refused".',
    ),
  ).toBe('"ok", "refused"');
});

test("the same password looks different for two users", () => {
  const one = stolen(made("Ann"));
  const other = stolen(made("Bob"));
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
  const one = stolen(made("Ann"));
  const other = stolen(made("Ann"));
  expect(
    one,
    says(
      "A salt is random: nobody can know it beforehand.",
      `Twice the same: ${one}`,
      'A salt made from the name lets a thief prepare a table for "admin" today. Take random bytes.',
    ),
  ).not.toBe(other);
});

test("a salt is random, and of 16 bytes or more", () => {
  const { using, calls } = watched();
  made("Ann", using);
  expect(
    calls.some((call) => /^random (1[6-9]|[2-9]\d|\d{3,})$/.test(call)),
    says(
      "A salt comes from `random`, which is asked for 16 bytes at least.",
      `newUser did: ${calls.join(", ") || "nothing"}`,
      "Only the tool that is handed over makes bytes that nobody can know beforehand. And the fewer there are, the sooner somebody has tried all.",
    ),
  ).toBe(true);
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
  ).toBe('"refused"');
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
      "A quick no means: no such name. So does a slow one. Derive as often in both cases.",
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
      calls.length === 0
        ? "logIn has used none of the tools that it was handed, as its last argument."
        : "=== stops at the first difference, and the time it takes tells where that was.",
    ),
  ).toBe(true);
});

test("nothing but same compares them", () => {
  const users = new Map([["Ann", made("Ann")]]);
  const agreeing: Tools = { ...watched().using, same: () => true };
  const answer = format(logIn(users, "Ann", "guess", agreeing));
  expect(
    answer,
    says(
      "With a `same` that says yes to all, Ann gets in with any password.",
      `A wrong password gave ${answer}`,
      "Something else compares the two as well, or what `same` says is not asked for. A === beside it stops at the first difference and tells where that was, whatever `same` does.",
    ),
  ).toBe('"ok"');
});
