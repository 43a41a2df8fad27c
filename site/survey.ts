/**
 * Runs in the browser: lays out every page at two widths and in both colour
 * schemes, and says what is wrong. It is sent there as its own text, so it uses
 * nothing from outside itself.
 *
 * One frame takes the body of page after page: loading 200 pages would take
 * the browser half a minute, and the style sheet is the same for all.
 */
export async function survey(pages: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  const seen = new Set<string>();
  const frame = document.createElement("iframe");
  frame.style.cssText = "position:fixed; inset:0 auto auto 0; height:740px";
  const loaded = new Promise((done) => {
    frame.onload = done;
  });
  frame.src = "/";
  document.body.append(frame);
  await loaded;
  const view = frame.contentWindow;
  const inside = frame.contentDocument;
  if (!view || !inside) throw new Error("The front page was not shown.");
  const htmls = await Promise.all(
    pages.map(async (page) => (await fetch(`/${page}`)).text()),
  );
  for (const [index, page] of pages.entries()) {
    const html = htmls[index] ?? "";
    const { body } = new DOMParser().parseFromString(html, "text/html");
    inside.body.replaceWith(inside.adoptNode(body));
    for (const width of [360, 320]) {
      frame.width = String(width);
      const { scrollWidth } = inside.documentElement;
      if (scrollWidth > view.innerWidth) {
        const who = tooWide(inside, view.innerWidth);
        wrong.push(`/${page} scrolls sideways at ${width} px: ${who}`);
      }
    }
    const texts = newTexts(inside);
    if (texts.length === 0) continue;
    for (const scheme of ["light", "dark"]) {
      inside.documentElement.dataset.theme = scheme;
      for (const text of tooFaint(texts, view)) {
        wrong.push(`/${page} is hard to read in ${scheme}: ${text}`);
      }
    }
  }
  frame.remove();
  return wrong;

  function tooWide(inside: Document, width: number): string {
    return [...inside.querySelectorAll("main *, nav *, header *")]
      .filter((one) => one.getBoundingClientRect().right > width)
      .filter((one) => !one.parentElement?.closest("pre, .scroll"))
      .map((one) => one.outerHTML.slice(0, 80))
      .slice(0, 3)
      .join(", ");
  }

  // Elements with text that stand where no other has stood before: the same
  // classes in the same places have the same colours.
  function newTexts(inside: Document): Element[] {
    const found: Element[] = [];
    const texts = inside.createTreeWalker(inside.body, 4 /* text */);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (!parent || node.textContent?.trim() === "") continue;
      if (parent.closest("script, title, desc")) continue;
      let place = "";
      for (let one: Element | null = parent; one; one = one.parentElement) {
        place += `${one.tagName}.${one.getAttribute("class")} `;
      }
      if (!seen.has(place)) found.push(parent);
      seen.add(place);
    }
    return found;
  }

  // Text against its paper, and the 4.5 that WCAG asks for.
  function tooFaint(texts: readonly Element[], view: Window): string[] {
    return texts.flatMap((one) => {
      const style = view.getComputedStyle(one);
      const ink = parsed(one.closest("svg") ? style.fill : style.color);
      const under = paperOf(one, view);
      const [low = 0, high = 0] = [
        lightOf(mixed(ink, under)),
        lightOf(under),
      ].sort((a, b) => a - b);
      const ratio = (high + 0.05) / (low + 0.05);
      if (ratio >= 4.5) return [];
      return `${one.outerHTML.slice(0, 80)}: ${ratio.toFixed(2)}`;
    });
  }

  function paperOf(one: Element | null, view: Window): number[] {
    if (!one) return [255, 255, 255, 1];
    const colour = parsed(view.getComputedStyle(one).backgroundColor);
    if (colour[3] === 1) return colour;
    return mixed(colour, paperOf(one.parentElement, view));
  }

  function parsed(text: string): number[] {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(
      Number,
    );
    const scale = text.startsWith("color(") ? 255 : 1;
    return [r * scale, g * scale, b * scale, a];
  }

  function mixed(colour: number[], under: number[]): number[] {
    const share = colour[3] ?? 1;
    const channel = (i: number) =>
      (colour[i] ?? 0) * share + (under[i] ?? 0) * (1 - share);
    return [channel(0), channel(1), channel(2), 1];
  }

  function lightOf(colour: number[]): number {
    const [r = 0, g = 0, b = 0] = colour.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045
        ? share / 12.92
        : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}
