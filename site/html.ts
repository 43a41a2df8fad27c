/** Makes text safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The anchor of a heading, spelled as GitHub spells it. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

/** A link from one page to another that works under any root folder. */
export function linkBetween(from: string, to: string): string {
  const depth = from.split("/").length - 2;
  const link = "../".repeat(depth) + to.slice(1);
  return link === "" || link.startsWith("#") ? `./${link}` : link;
}
