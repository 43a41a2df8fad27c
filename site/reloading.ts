/**
 * The script of a page as the dev server shows it: it loads the page anew when
 * what it shows has changed, and leaves the reader where they were.
 *
 * @param problem what is told on the page as wrong with the site, if anything.
 */
export const reloading = (revision: number, problem: string): string => `{
${keeping}
let events;
const before = ${JSON.stringify(problem).replaceAll("<", "\\u003c")};
const shared = ["/style.css", "/page.js", location.pathname];
const listen = () => {
  events?.close();
  if (document.hidden) return;
  events = new EventSource("/@events?since=${revision}");
  events.onmessage = ({ data }) => {
    const { pages, problem } = JSON.parse(data);
    const isMine = pages.some((page) => shared.includes(page));
    if (!isMine && problem === before) return;
    keep();
    location.reload();
  };
};
// A browser keeps six connections to a server at most: only the tab that is
// looked at may have one, or the seventh chapter would never load.
addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => events?.close());
listen();
}`;

// Each save would close the hints that are open, and take the keyboard back to
// the top. The buttons of page.js are there when the page has loaded.
const keeping = `const all = (what) => [...document.querySelectorAll(what)];
const alike = (html) => all("a[href],button,summary,[tabindex]").filter((one) => one.outerHTML === html);
const key = "kept " + location.pathname;
const keep = () => {
  const active = document.activeElement;
  const at = alike(active?.outerHTML).indexOf(active);
  const focus = at < 0 ? undefined : { at, html: active.outerHTML };
  const open = all("details").map((one) => one.open);
  try {
    sessionStorage.setItem(key, JSON.stringify({ y: scrollY, open, focus }));
  } catch {}
};
try {
  const kept = JSON.parse(sessionStorage.getItem(key));
  sessionStorage.removeItem(key);
  if (kept) {
    all("details").forEach((one, at) => (one.open = kept.open[at] ?? one.open));
    addEventListener("load", () => {
      const { focus } = kept;
      if (focus) alike(focus.html)[focus.at]?.focus({ preventScroll: true });
      scrollTo({ top: kept.y, behavior: "instant" });
    });
  }
} catch {}`;
