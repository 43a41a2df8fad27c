import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WholeSaves } from "./whole-saves.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A file that is written by hand, and what was shown of it. */
function file() {
  let text = "as it came";
  const shown: string[] = [];
  const saves = new WholeSaves(
    () => shown.push(text),
    () => text,
  );
  const write = (next: string, isReported = true) => {
    text = next;
    if (isReported) saves.reported("a.ts");
  };
  return { shown, saves, write };
}

test("a file that is emptied and then filled is shown once, when it is whole", () => {
  const { shown, write } = file();
  write("");
  vi.advanceTimersByTime(10);
  write("half", false);
  vi.advanceTimersByTime(15);
  write("whole", false);
  vi.runAllTimers();
  expect(shown).toEqual(["whole"]);
});

test("a change that was not reported, for the one before just was, is shown too", () => {
  const { shown, write } = file();
  write("one");
  vi.advanceTimersByTime(30);
  write("two", false);
  vi.runAllTimers();
  expect(shown).toEqual(["one", "two"]);
});

test("one save that is reported twice is shown once", () => {
  const { shown, saves, write } = file();
  write("one");
  vi.advanceTimersByTime(5);
  saves.reported("a.ts");
  vi.runAllTimers();
  expect(shown).toEqual(["one"]);
});

test("two files do not wait for each other, and nothing comes after the end", () => {
  const shown: string[] = [];
  const saves = new WholeSaves(
    (path) => shown.push(path),
    () => "same",
  );
  saves.reported("a.ts");
  saves.reported("b.ts");
  vi.advanceTimersByTime(20);
  expect(shown).toEqual(["a.ts", "b.ts"]);
  saves.reported("a.ts");
  saves.close();
  vi.runAllTimers();
  expect(shown).toEqual(["a.ts", "b.ts"]);
});
