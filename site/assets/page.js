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
  for (const pre of document.querySelectorAll("pre.code")) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = "Copy";
    copy.addEventListener("click", async () => {
      const text = (pre.textContent ?? "").replace(/^\$ /gm, "");
      await navigator.clipboard.writeText(text);
      copy.textContent = "Copied";
      setTimeout(() => {
        copy.textContent = "Copy";
      }, 1500);
    });
    const box = document.createElement("div");
    box.className = "copyable";
    pre.before(box);
    box.append(pre, copy);
  }
}
