import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { oneChapter, oneExercise, written } from "./sample-book.ts";
import { type Served, type ServeOptions, serve } from "./serve.ts";

const book = {
  ...oneChapter,
  ...oneExercise,
  "chapters/02-two/index.md": "# Two\n\n[code](a.ts)\n",
  "chapters/02-two/a.ts": "a;\n",
  "secret.txt": "nobody should read this",
};

async function served(options: ServeOptions = {}) {
  const root = written(book);
  const said: string[] = [];
  const log = (line: string) => void said.push(line);
  const server = await serve({ port: 0, root, log, ...options });
  onTestFinished(() => server.close());
  return { ...server, root, said };
}

describe("the dev server answers", () => {
  test("pages, files and a page for what is not there", async () => {
    const { url } = await served();
    expect(await answer(url, "/01-echo/")).toMatchObject({ status: 200 });
    const style = await answer(url, "/style.css?1");
    expect(style.type).toBe("text/css; charset=utf-8");
    const moved = await answer(url, "/01-echo");
    expect([moved.status, moved.location]).toEqual([301, "/01-echo/"]);
    const gone = await answer(url, "/<gone>");
    expect(gone.status).toBe(404);
    expect(gone.body).toContain("<code>/&lt;gone&gt;</code>");
  });

  test.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/01-echo/../../secret.txt",
    "/01-echo/..%5c..%5csecret.txt",
    "/01-echo/%00",
    "//etc/passwd",
    "/%",
  ])("nothing outside the site: %s", async (path) => {
    const { url } = await served();
    const { status, body } = await answer(url, path);
    expect([status, body]).toEqual([
      400,
      "This is not an address on this site.\n",
    ]);
  });

  test("no file of the repository that is not on the site", async () => {
    const { url } = await served();
    for (const path of ["/secret.txt", "/chapters/01-echo/echo.ts"]) {
      expect((await answer(url, path)).status).toBe(404);
    }
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS"])(
    "no %s, and names what it does answer",
    async (method) => {
      const { url } = await served();
      for (const path of ["/", "/@events"]) {
        const { status, allow } = await answer(url, path, method);
        expect([status, allow]).toEqual([405, "GET, HEAD"]);
      }
    },
  );

  test("HEAD like GET, without the body", async () => {
    const { url } = await served();
    const { status, body, length } = await answer(url, "/", "HEAD");
    expect([status, body]).toEqual([200, ""]);
    expect(length).toBe((await answer(url, "/")).length);
  });
});

describe("the dev server listens", () => {
  test("on 127.0.0.1 and nowhere else", async () => {
    const { url } = await served();
    const { hostname, port } = new URL(url);
    expect(hostname).toBe("127.0.0.1");
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), "127.0.0.2");
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
      // macOS has no 127.0.0.2, and answers nothing.
      socket.setTimeout(2_000, () => resolve(false));
      onTestFinished(() => void socket.destroy());
    });
    expect(reached).toBe(false);
  });

  test("on another port when one is taken, and says so", async () => {
    const first = await served();
    const port = Number(new URL(first.url).port);
    const second = await served({ port });
    const other = Number(new URL(second.url).port);
    expect(other).toBeGreaterThan(port);
    expect(second.said).toEqual([
      `Port ${port} is taken; the site uses ${other} instead.`,
    ]);
    expect((await answer(second.url, "/")).status).toBe(200);
  });
});

describe("a save", () => {
  test("of a shown file reaches exactly the pages that show it", async () => {
    const site = await served();
    const events = await listening(site);
    const before = performance.now();
    const file = join(site.root, "chapters/01-echo/echo.out");
    writeFileSync(file, "changed\n");
    const { pages } = await events.next();
    console.log(`save to event: ${Math.round(performance.now() - before)} ms`);
    expect(pages).toEqual(["/01-echo/"]);
    expect((await answer(site.url, "/01-echo/")).body).toContain("changed");
  });

  test("between a page and its first look at the events is not lost", async () => {
    const site = await served();
    const { body } = await answer(site.url, "/01-echo/");
    const revision = Number(/since=(\d+)/.exec(body)?.[1]);
    const early = await listening(site, revision);
    expect(early.missed).toEqual({ pages: [], problem: "" });
    const file = join(site.root, "chapters/01-echo/echo.out");
    writeFileSync(file, "changed\n");
    await early.next();
    const late = await listening(site, revision);
    expect(late.missed).toEqual({ pages: ["/01-echo/"], problem: "" });
  });

  test("while no server ran is not lost: another server's pages are old", async () => {
    const site = await served();
    const { missed } = await listening(site, 1);
    expect(missed.pages).toContain("/01-echo/");
  });

  test("that follows another at once is not swallowed", async () => {
    const site = await served();
    const events = await listening(site);
    const file = join(site.root, "chapters/01-echo/echo.out");
    writeFileSync(file, "first\n");
    await events.next();
    writeFileSync(file, "second\n");
    expect(await events.next()).toEqual({ pages: ["/01-echo/"], problem: "" });
    const { body } = await answer(site.url, "/01-echo/");
    expect(body).toContain("second");
  });

  test("by renaming over the file, as editors do, is a save", async () => {
    const site = await served();
    const events = await listening(site);
    const file = join(site.root, "chapters/02-two/a.ts");
    writeFileSync(`${file}~`, "renamed;\n");
    renameSync(`${file}~`, file);
    const { pages } = await events.next();
    expect(pages).toEqual(["/02-two/", "/source/chapters/02-two/a.ts/"]);
  });

  test("of a title changes every page that lists it", async () => {
    const site = await served();
    const events = await listening(site);
    const file = join(site.root, "chapters/02-two/index.md");
    writeFileSync(file, "# Too\n\n[code](a.ts)\n");
    const { pages } = await events.next();
    expect(pages).toContain("/");
    expect(pages).toContain("/01-echo/");
  });

  test("that breaks a page is shown on it until it is mended", async () => {
    const site = await served();
    const events = await listening(site);
    const file = join(site.root, "chapters/02-two/index.md");
    appendFileSync(file, "\n[gone](later.md)\n");
    const message = "chapters/02-two/index.md:5: the link later.md";
    const { problem } = await events.next();
    expect(problem).toContain(message);
    expect(site.said.join()).toContain(message);
    const { status, body } = await answer(site.url, "/02-two/");
    expect(status).toBe(200);
    // Were the two not the same, the page would reload for ever.
    const before = /const before = (".*");/.exec(body)?.[1] ?? "";
    expect(JSON.parse(before)).toBe(problem);
    expect(body).toMatch(
      /<div id="build-error" role="alert"[^>]*>The site has/,
    );

    writeFileSync(join(site.root, "chapters/02-two/later.md"), "# Later\n");
    expect((await events.next()).problem).toBe("");
    expect(site.said.at(-1)).toBe("The site is well again.");
    const mended = await answer(site.url, "/02-two/");
    expect(mended.body).not.toContain('<div id="build-error"');
  });
});

function answer(base: string, path: string, method = "GET") {
  const { hostname, port } = new URL(base);
  return new Promise<{
    status: number | undefined;
    type: string | undefined;
    location: string | undefined;
    allow: string | undefined;
    length: string | undefined;
    body: string;
  }>((resolve, reject) => {
    const options = { hostname, port, path, method, agent: false };
    request(options, async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      const { headers, statusCode: status } = response;
      const { location, allow } = headers;
      const type = headers["content-type"];
      const length = headers["content-length"];
      resolve({ status, type, location, allow, length, body });
    })
      .on("error", reject)
      .end();
  });
}

/** A reader's page that waits for events, once the server knows of it. */
async function listening({ url }: Served, since = Number.MAX_SAFE_INTEGER) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const path = `${url}@events?since=${since}`;
    get(path, { agent: false }, resolve).on("error", reject);
  });
  const chunks = response.setEncoding("utf8")[Symbol.asyncIterator]();
  let text = "";
  const block = async (): Promise<string> => {
    while (!text.includes("\n\n")) {
      const { value, done } = await chunks.next();
      // Otherwise it would look for ever, and no time limit come up.
      if (done) throw new Error(`The events ended after ${text}`);
      text += value;
    }
    const end = text.indexOf("\n\n");
    const first = text.slice(0, end);
    text = text.slice(end + 2);
    return first;
  };
  const next = async (): Promise<{ pages: string[]; problem: string }> =>
    JSON.parse((await block()).replace(/^(?:retry: 300\n)?data: /, ""));
  return { missed: await next(), next };
}
