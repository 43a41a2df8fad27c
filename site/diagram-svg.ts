import { sizes } from "./diagram-columns.ts";
import { type DiagramEvent, sentence } from "./diagram-events.ts";
import { layoutOf } from "./diagram-layout.ts";
import type { Arrow, Layout } from "./diagram-shapes.ts";
import { escapeHtml } from "./html.ts";

/** A titled figure: the drawing, and below it the same events as text. */
export function diagram(
  title: string,
  events: readonly DiagramEvent[],
  id: string,
): string {
  const items = events
    .map((event) => `<li>${event.atMs} ms: ${escapeHtml(sentence(event))}</li>`)
    .join("");
  return `<figure class="diagram"><div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(title)}">
${svgOf(layoutOf(events), title, id)}
</div><figcaption>${escapeHtml(title)}</figcaption>
<details><summary>The same as text</summary><ol>${items}</ol></details></figure>\n`;
}

/** The drawing as SVG; colours come from the page through CSS classes. */
export function svgOf(layout: Layout, title: string, id: string): string {
  const { width, height } = layout;
  const processes = layout.lifelines
    .map(({ label, process }) => `${label} ${process}`.trim())
    .join(", ");
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-desc">Sequence diagram of ${escapeHtml(processes)}; the list below says the same in words.</desc>`,
  ];
  for (const { x, y, endY } of layout.lifelines) {
    const top = y + sizes.boxHeight;
    parts.push(`<path class="life" d="M${x} ${top}V${Math.max(top, endY)}"/>`);
  }
  for (const arrow of layout.arrows) parts.push(drawn(arrow));
  for (const { x, y } of layout.crosses) {
    parts.push(
      `<path class="cross" d="M${x - 6} ${y - 6}l12 12m0 -12l-12 12"/>`,
    );
  }
  for (const { x, y } of layout.mailboxes) {
    parts.push(
      `<path class="mailbox" d="M${x - 8} ${y + 3}h16v11h-16zl8 6l8 -6"><title>stays in the mailbox</title></path>`,
    );
  }
  for (const { x, y, label, process, boxWidth } of layout.lifelines) {
    const left = x - boxWidth / 2;
    parts.push(
      `<rect class="box" x="${left}" y="${y}" width="${boxWidth}" height="${sizes.boxHeight}" rx="4"/>`,
      label === ""
        ? `<text class="pid" x="${x}" y="${y + 23}" text-anchor="middle">${escapeHtml(process)}</text>`
        : `<text class="name" x="${x}" y="${y + 16}" text-anchor="middle">${escapeHtml(label)}</text><text class="pid" x="${x}" y="${y + 31}" text-anchor="middle">${escapeHtml(process)}</text>`,
    );
  }
  for (const { role, text, full, x, y, anchor, width } of layout.texts) {
    const hover = full === text ? "" : `<title>${escapeHtml(full)}</title>`;
    parts.push(
      // Without it, arrows and lifelines would run through the letters.
      `<rect class="under" x="${x - held[anchor] * width - 3}" y="${y - 10}" width="${width + 6}" height="13"/>`,
      `<text class="${role}" x="${x}" y="${y}" text-anchor="${anchor}">${hover}${escapeHtml(text)}</text>`,
    );
  }
  return `${parts.join("")}</svg>`;
}

/** Which part of a text lies before the point that it is held at. */
const held = { start: 0, middle: 0.5, end: 1 } as const;

function drawn({ kind, from, to }: Arrow): string {
  const line = `<path class="${kind}" d="M${from.x} ${from.y}L${to.x} ${to.y}"/>`;
  if (kind === "bond") return line;
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const wing = (turn: number) =>
    `${(to.x - 9 * Math.cos(angle + turn)).toFixed(1)} ${(to.y - 9 * Math.sin(angle + turn)).toFixed(1)}`;
  return `${line}<path class="head ${kind}" d="M${wing(0.4)}L${to.x} ${to.y}L${wing(-0.4)}"/>`;
}
