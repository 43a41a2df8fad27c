import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  onTestFinished,
  test,
} from "vitest";
import { browserName, startChromium } from "./chromium.ts";
import { Generator } from "./generate.ts";
import { oneChapter, written } from "./sample-book.ts";
import { type Served, serve } from "./serve.ts";
import { report } from "./site-error.ts";
import { survey } from "./survey.ts";

// Real layout, real scripts, real colours: what no string can promise.
const missing = browserName === undefined && !process.env.CI;
const why = missing ? "no chromium on this machine" : "in chromium";

// Limits for a machine that is busy; nothing here waits for a time.
const limit = { timeout: 30_000 };

const root = fileURLToPath(new URL("..", import.meta.url));

describe.skipIf(missing)(`every page of the book (${why})`, limit, () => {
  let site: ReturnType<Generator["site"]>;
  let browser: Awaited<ReturnType<typeof startChromium>>;
  let book: Served;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    site = new Generator(root).site();
    [browser, book] = await Promise.all([
      startChromium(),
      serve({ port: 0, root, log: () => {} }),
    ]);
    const { tab, devtools } = browser;
    devtools.on("Network.requestWillBeSent", ({ request }) => {
      asked.push((request as { url: string }).url);
    });
    devtools.on("Runtime.exceptionThrown", (thrown) => {
      complaints.push(JSON.stringify(thrown));
    });
    devtools.on("Log.entryAdded", (entry) =>
      complaints.push(JSON.stringify(entry)),
    );
    await tab.call("Runtime.enable");
    await tab.call("Log.enable");
    await tab.call("Emulation.setFocusEmulationEnabled", { enabled: true });
    await devtools.call("Browser.grantPermissions", {
      permissions: ["clipboardReadWrite", "clipboardSanitizedWrite"],
    });
  }, limit.timeout);
  afterAll(async () => {
    await Promise.all([browser?.close(), book?.close()]);
  });

  test("has no problem that npm run site would refuse", () => {
    expect(report(site.problems)).toBe("");
  });

  test("fits into 320 and 360 pixels and is legible in both schemes", async () => {
    const { tab } = browser;
    await tab.open(book.url);
    const all = [...site.files.keys()]
      .filter((path) => path.endsWith(".html"))
      .map((path) => path.replace(/index\.html$/, ""));
    // Pages of sources differ in their text only: every tenth stands for them.
    const isSource = (path: string) => path.startsWith("source/");
    const pages = all.filter((path, at) => !isSource(path) || at % 10 === 0);
    const call = `(${survey})(${JSON.stringify(pages)})`;
    expect(await tab.evaluate(call)).toEqual([]);
    expect(pages.length).toBeGreaterThan(1);
  });

  test("stands still once it is shown", async () => {
    const { tab } = browser;
    for (const page of ["", "02-ping-pong/"]) {
      await tab.open(book.url + page);
      expect(await tab.evaluate(layoutShift), `/${page}`).toBe(0);
    }
  });

  test("asks nobody but its own server, and no script complains", () => {
    const others = asked.filter(
      (url) => !url.startsWith(book.url) && !url.startsWith("data:"),
    );
    expect(others).toEqual([]);
    expect(asked).toContain(`${book.url}style.css`);
    expect(complaints).toEqual([]);
  });

  test("changes its colours at the switch, and remembers", async () => {
    const { tab } = browser;
    await prefer("light");
    await tab.open(book.url);
    const paper = () =>
      tab.evaluate(
        "getComputedStyle(document.documentElement).backgroundColor",
      );
    const light = await paper();
    expect(await label("button.theme")).toBe("Use the dark colours");
    await tab.evaluate("document.querySelector('button.theme').click()");
    const dark = await paper();
    expect(dark).not.toBe(light);
    await tab.open(book.url);
    expect(await paper()).toBe(dark);
    await tab.evaluate("localStorage.clear()");
  });

  test("copies a listing without its prompts, by keyboard, and says so", async () => {
    const { tab } = browser;
    await tab.open(book.url);
    const changed =
      "new Promise((done) => { const said = document.querySelector('[role=status]'); new MutationObserver(() => done(said.textContent)).observe(said, { childList: true }); })";
    await tab.evaluate("document.querySelector('.copy').focus()");
    const [said] = await Promise.all([tab.evaluate(changed), press("Enter")]);
    expect(said).toBe("Copied");
    expect(await tab.evaluate("navigator.clipboard.readText()")).toBe(
      "npm install\nnpm start",
    );
  });

  test("can be used from the keyboard: the first stop leads to the text", async () => {
    const { tab } = browser;
    await tab.open(book.url);
    await press("Tab");
    const focused =
      "(({ className, offsetLeft }) => [className, offsetLeft >= 0])(document.activeElement)";
    expect(await tab.evaluate(focused)).toEqual(["skip", true]);
  });

  test("can be read with scripts switched off", async () => {
    const { tab } = browser;
    await tab.call("Emulation.setScriptExecutionDisabled", { value: true });
    onTestFinished(async () => {
      await tab.call("Emulation.setScriptExecutionDisabled", { value: false });
    });
    await tab.open(book.url);
    expect(
      await tab.evaluate("document.querySelectorAll('button').length"),
    ).toBe(0);
    expect(
      await tab.evaluate("document.querySelector('h1').checkVisibility()"),
    ).toBe(true);
  });

  test("shows a save by itself, where the reader was", async () => {
    const { tab, devtools } = browser;
    const hints = "<details><summary>Where to look</summary>One.</details>\n\n";
    const sample = written({
      ...oneChapter,
      "chapters/01-echo/index.md": `${oneChapter["chapters/01-echo/index.md"]}\n${hints.repeat(2)}${"Words.\n\n".repeat(60)}`,
    });
    const draft = await serve({ port: 0, root: sample, log: () => {} });
    onTestFinished(() => draft.close());
    const isListening = devtools.next(
      "Network.responseReceived",
      ({ response }) => (response as { url: string }).url.includes("/@events?"),
    );
    await tab.open(`${draft.url}01-echo/`);
    await isListening;
    // The contents are closed, the second hint is open and has the keyboard.
    await tab.evaluate(
      "{ const all = document.querySelectorAll('summary'); all[0].click(); all[2].click(); all[2].focus(); scrollTo(0, 300); }",
    );
    const loaded = devtools.next("Page.loadEventFired");
    const before = performance.now();
    writeFileSync(join(sample, "chapters/01-echo/echo.out"), "a new line\n");
    await loaded;
    console.log(`save to page: ${Math.round(performance.now() - before)} ms`);
    expect(
      await tab.evaluate("document.querySelector('.output code').textContent"),
    ).toBe("a new line");
    expect(
      await tab.evaluate(
        "new Promise((done) => requestAnimationFrame(() => done(scrollY)))",
      ),
    ).toBe(300);
    const kept =
      "[...document.querySelectorAll('details')].map(({ open, firstChild }) => [open, firstChild === document.activeElement])";
    expect(await tab.evaluate(kept)).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ]);
  });

  test("comes to the text before the chapters, which stand below it on a phone", async () => {
    const { tab } = browser;
    await tab.open(`${book.url}02-ping-pong/`);
    const order =
      "[...document.querySelectorAll('main, .chapters')].map(({ tagName }) => tagName)";
    expect(await tab.evaluate(order)).toEqual(["MAIN", "NAV"]);
  });

  test("has the keyboard stop at boxes that scroll, and at no others", async () => {
    const { tab } = browser;
    await tab.open(`${book.url}02-ping-pong/`);
    const wrong =
      "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done([...document.querySelectorAll('pre.code, .scroll')].filter((box) => (box.tabIndex === 0) !== (box.scrollWidth > box.clientWidth)).length))))";
    expect(await tab.evaluate(wrong)).toBe(0);
  });

  const press = async (key: "Tab" | "Enter") => {
    const code = { Tab: 9, Enter: 13 }[key];
    for (const type of ["keyDown", "keyUp"]) {
      await browser.tab.call("Input.dispatchKeyEvent", {
        ...{ type, key, code: key, windowsVirtualKeyCode: code },
        ...(key === "Enter" && type === "keyDown" ? { text: "\r" } : {}),
      });
    }
  };
  const prefer = (value: string) =>
    browser.tab.call("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value }],
    });
  const label = (selector: string) =>
    browser.tab.evaluate(
      `document.querySelector(${JSON.stringify(selector)}).getAttribute("aria-label")`,
    );
});

// How far things moved by themselves until now, two frames after the load.
const layoutShift = `new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) sum += value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})`;
