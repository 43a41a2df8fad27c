import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";

/** One `test(…)` of a check file: its full name, and what it does. */
export interface Check {
  readonly name: string;
  readonly body: () => unknown;
}

// vitest's own `expect`, so that a check says the same to a learner's watcher
// as it says to vitest. Importing it from "vitest" outside of a test run fails.
chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
// A list is shown whole: "expected [ …(2) ]" tells nobody anything.
chai.config.truncateThreshold = 300;
const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  (globalThis as Record<symbol, object>)[ASYMMETRIC_MATCHERS_OBJECT],
);
(globalThis as Record<symbol, unknown>)[GLOBAL_EXPECT] = expect;

/** What a check file gets when it imports "vitest", and what it has filled. */
export function collecting() {
  const checks: Check[] = [];
  const around: string[] = [];
  const test = (name: string, body: () => unknown) => {
    checks.push({ name: [...around, name].join(" > "), body });
  };
  const describe = (name: string, fill: () => void) => {
    around.push(name);
    fill();
    around.pop();
  };
  return { checks, vitest: { test, it: test, describe, expect } };
}

/** Tells `expect` which test it is in; it refuses to work without. */
export function begin(check: Check): void {
  const assertions = { assertionCalls: 0, isExpectingAssertions: false };
  setState(
    {
      ...assertions,
      isExpectingAssertionsError: null,
      expectedAssertionsNumber: null,
      expectedAssertionsNumberErrorGen: null,
      currentTestName: check.name,
    },
    expect as never,
  );
}
