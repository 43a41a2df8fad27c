import { spawn } from "node:child_process";

/**
 * Opens an address in the reader's browser, where there is one to open.
 *
 * @returns whether it was tried: never in CI, over SSH or without a display.
 */
export function openInBrowser(
  url: string,
  { platform, env } = {
    platform: process.platform as string,
    env: process.env,
  },
): boolean {
  const hasDisplay =
    platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  if (env.CI || env.SSH_CONNECTION || !hasDisplay) return false;
  const [command, ...words] =
    platform === "darwin"
      ? ["open", url]
      : platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  const opener = spawn(command as string, words, {
    stdio: "ignore",
    detached: true,
  });
  // No such program: the address is on the screen, so nothing is lost.
  opener.on("error", () => {});
  opener.unref();
  return true;
}
