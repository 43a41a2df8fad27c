import type { IncomingMessage, ServerResponse } from "node:http";
import { themeFirst } from "./frame.ts";
import type { Site } from "./generate.ts";
import { escapeHtml } from "./html.ts";
import { reloading } from "./reloading.ts";
import { report } from "./site-error.ts";

const kinds: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/**
 * Answers one request from the site in memory. No file is opened for a
 * request, so no path, however it is written, can lead out of the site.
 */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  revision: number,
): void {
  const { method = "" } = request;
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return send(405, "txt", "This server only answers GET and HEAD.\n");
  }
  const path = pathIn(request.url ?? "/");
  if (path === undefined) {
    return send(400, "txt", "This is not an address on this site.\n");
  }
  const file = path.endsWith("/") ? `${path}index.html` : path;
  const text = site.files.get(file.slice(1));
  if (text !== undefined) {
    const kind = file.slice(file.lastIndexOf(".") + 1);
    return send(200, kind, kind === "html" ? live(text) : text);
  }
  if (site.files.has(`${path.slice(1)}/index.html`)) {
    response.setHeader("location", `${path}/`);
    return send(301, "txt", "");
  }
  return send(404, "html", live(notFound(path)));

  function send(status: number, kind: string, body: string): void {
    response.writeHead(status, {
      "content-type": kinds[kind] ?? "text/plain; charset=utf-8",
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(method === "HEAD" ? undefined : body);
  }

  /** A page as the dev server shows it: it reloads, and says what is wrong. */
  function live(html: string): string {
    const problem = report(site.problems);
    const overlay =
      problem &&
      `<div id="build-error" role="alert" tabindex="0" style="${alarm}">${escapeHtml(problem)}</div>`;
    return html.replace(
      /<\/body>(?![\s\S]*<\/body>)/,
      () => `${overlay}<script>${reloading(revision, problem)}</script></body>`,
    );
  }
}

function pathIn(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/, ""));
    const isOutside =
      !path.startsWith("/") ||
      path.startsWith("//") ||
      /[\\\0]|(?:^|\/)\.\.(?:\/|$)/.test(path);
    return isOutside ? undefined : path;
  } catch {
    return undefined;
  }
}

const alarm =
  "position:sticky;bottom:0;max-height:60vh;overflow:auto;padding:1rem 1.25rem;background:#5c1210;color:#fff;font:0.9rem/1.5 ui-monospace,monospace;white-space:pre-wrap;z-index:9";

function notFound(path: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>No such page</title><script>${themeFirst}</script><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head><body><main><h1>There is no page here</h1><p>Nothing on this site is called <code>${escapeHtml(path)}</code>. It may have been renamed; <a href="/">the table of contents</a> knows.</p></main></body></html>`;
}
