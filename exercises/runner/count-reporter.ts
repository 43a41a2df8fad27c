import type { Reporter } from "vitest/node";

/** How many tests passed and failed, for the process that started vitest. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export default class CountReporter implements Reporter {
  onTestRunEnd: NonNullable<Reporter["onTestRunEnd"]> = (modules) => {
    const count = { passed: 0, failed: 0 };
    for (const module of modules) {
      // What fails before its first test, a file or a group, has none that could.
      for (const group of [module, ...module.children.allSuites()]) {
        if (group.errors().length > 0) count.failed++;
      }
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed" || state === "failed") count[state]++;
      }
    }
    process.send?.(count satisfies Count);
  };
}
