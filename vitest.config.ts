import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{runtime,chapters,exercises,site}/**/*.test.ts"],
    // A learner's own exercises are run through `npm test`, which leaves out
    // those that are still to do; see exercises/runner/test.ts.
    exclude: ["**/node_modules/**", "exercises/*/*/check.test.ts"],
    pool: "threads",
  },
});
