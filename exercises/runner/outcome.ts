/** What became of one test of a check file. */
export type Outcome =
  | {
      readonly name: string;
      readonly passed: true;
      /** What it has done in vain: a body that is called and never run. */
      readonly note?: string;
    }
  | {
      readonly name: string;
      readonly passed: false;
      /** Whether an `expect` said no; otherwise the answer itself threw. */
      readonly isAssertion: boolean;
      readonly message: string;
      /** Where in the answer it was thrown, if it was: `exercise.ts:12`. */
      readonly at: string | undefined;
      /**
       * What went wrong beside what the test looks at, such as a throw that
       * nobody caught: then its own message would blame something else.
       */
      readonly mishap?: string | undefined;
    };

export type Failed = Extract<Outcome, { passed: false }>;

/** What became of a whole check file on one answer. */
export type Result =
  | {
      readonly kind: "ran";
      readonly outcomes: readonly Outcome[];
      /** What the answer printed with console.log, the first lines of it. */
      readonly printed: readonly string[];
    }
  /** It could not be loaded: a syntax error, a missing import, a throw. */
  | {
      readonly kind: "broken";
      readonly message: string;
      /** The test it ended in, if it was loaded. */
      readonly test?: string | undefined;
    }
  /** It was stopped: an endless loop, most likely. */
  | {
      readonly kind: "stuck";
      readonly test: string | undefined;
      /** What became of the tests before that. */
      readonly outcomes: readonly Outcome[];
      readonly limitMs: number;
    };

/** Whether every test ran and passed; a file without tests has proved nothing. */
export function isPassed(result: Result): boolean {
  return (
    result.kind === "ran" &&
    result.outcomes.length > 0 &&
    result.outcomes.every(({ passed }) => passed)
  );
}
