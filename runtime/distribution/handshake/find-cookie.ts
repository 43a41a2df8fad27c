import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Cookie } from "./cookie.ts";
import { CookieError } from "./cookie-error.ts";

export interface CookieSources {
  /** Goes before everything else. */
  readonly cookie?: string | undefined;
  readonly environment?: Record<string, string | undefined>;
  readonly home?: string;
}

/**
 * The cookie to use: the one that is given, else the environment variable
 * `LET_IT_CRASH_COOKIE`, else the file from which Erlang's own nodes take
 * theirs, `~/.erlang.cookie` or `.erlang.cookie` in Erlang's configuration.
 *
 * Erlang makes the file where there is none. Here it is only read.
 *
 * @throws CookieError `no_cookie`, `bad_cookie` or `bad_cookie_file`.
 */
export function findCookie(sources: CookieSources = {}): Cookie {
  const { environment = process.env, home = homedir() } = sources;
  if (sources.cookie !== undefined) return new Cookie(sources.cookie);
  if (environment.LET_IT_CRASH_COOKIE) {
    return new Cookie(environment.LET_IT_CRASH_COOKIE);
  }
  const configuration = environment.XDG_CONFIG_HOME || join(home, ".config");
  const cookie =
    cookieIn(join(home, ".erlang.cookie")) ??
    cookieIn(join(configuration, "erlang", ".erlang.cookie"));
  if (cookie) return cookie;
  throw new CookieError(
    "no_cookie",
    `There is no cookie. Set LET_IT_CRASH_COOKIE, or start a node with "erl -sname x" once, which makes ${join(home, ".erlang.cookie")}.`,
  );
}

/** The cookie in a file; `undefined` if there is no such file. */
function cookieIn(path: string): Cookie | undefined {
  const text = contentsOf(path);
  if (text === undefined) return undefined;
  // Line ends behind the cookie are not part of it; spaces in it are.
  const value = text.replace(/[\r\n][\r\n ]*$/, "");
  if (!/^[\x20-\x7e]+$/.test(value)) {
    throw new CookieError(
      "bad_cookie",
      `What stands in ${path} is no cookie. Write one line of letters and digits into it.`,
    );
  }
  return new Cookie(value);
}

function contentsOf(path: string): string | undefined {
  try {
    const { mode } = statSync(path);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new CookieError(
        "bad_cookie_file",
        `Cookie file ${path} must be accessible by owner only. Run: chmod 400 ${path}`,
      );
    }
    return readFileSync(path, "latin1");
  } catch (cause) {
    if (cause instanceof CookieError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CookieError(
      "bad_cookie_file",
      `Cookie file ${path} cannot be read. See that it is a file of this user.`,
      { cause },
    );
  }
}
