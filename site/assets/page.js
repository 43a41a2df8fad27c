// Conveniences only: every page reads as well without this file.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () =>
  (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

const toggle = document.createElement("button");
toggle.type = "button";
toggle.className = "theme";
const name = () => {
  toggle.textContent = isDark() ? "Light" : "Dark";
  toggle.setAttribute(
    "aria-label",
    isDark() ? "Use the light colours" : "Use the dark colours",
  );
};
toggle.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // A browser that keeps nothing still switches this page.
  }
  name();
});
dark.addEventListener("change", name);
name();
document.querySelector(".top")?.append(toggle);

if (navigator.clipboard) {
  // For those who hear the page: what others see on the button.
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.body.append(said);
  for (const pre of document.querySelectorAll("pre.code")) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = "Copy";
    const caption = pre.closest("figure")?.querySelector("figcaption");
    if (caption) copy.setAttribute("aria-label", `Copy ${caption.textContent}`);
    copy.addEventListener("click", async () => {
      const text = (pre.textContent ?? "").replace(/^\$ /gm, "");
      const word = await navigator.clipboard.writeText(text).then(
        () => "Copied",
        () => "Not allowed",
      );
      said.textContent = copy.textContent = word;
      setTimeout(() => {
        copy.textContent = "Copy";
        said.textContent = "";
      }, 1500);
    });
    const box = document.createElement("div");
    box.className = "copyable";
    pre.before(box);
    box.append(pre, copy);
  }
}

// A box is a stop for the keyboard only where it scrolls.
const boxes = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  }
});
for (const box of document.querySelectorAll("pre.code, .scroll")) {
  boxes.observe(box);
}
