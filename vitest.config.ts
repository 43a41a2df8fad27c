import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { defineConfig } from "vitest/config";
import { exercises, isBegun } from "./exercises/runner/catalogue.ts";

// Most of what tests run, they run once: V8 is to wait six times as long with
// its optimising compiler, which took a fifth of the processor. Of a flag that it
// does not know it only complains.
setFlagsFromString("--interrupt-budget=400000");

// A stub fails its check, as it should. Until a learner has begun, which is
// when the TODO(you) is gone, an exercise is to do and not a failure.
const toDo = exercises().filter((exercise) => !isBegun(exercise));

export default defineConfig({
  test: {
    include: ["{runtime,chapters,exercises,site}/**/*.test.ts"],
    exclude: [
      "**/node_modules/**",
      ...toDo.map(({ folder }) => `${folder}/check.test.ts`),
    ],
    pool: "threads",
    // Limits for a busy machine; nothing here waits for a time to pass.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Nothing here keeps state in a module, so files need no realm of their
    // own. One worker more than cores, for some only wait for the processes
    // that they have started; vitest would leave one core of two idle.
    isolate: false,
    maxWorkers: availableParallelism() + 1,
  },
});
