import { Cookie } from "../handshake/cookie.ts";
import { CookieError } from "../handshake/cookie-error.ts";

/**
 * What a page has in the place of ../handshake/find-cookie.ts: there is no
 * file and no environment to find one in.
 *
 * @throws CookieError `no_cookie` or `bad_cookie`.
 */
export function findCookie(sources: { cookie?: string } = {}): Cookie {
  if (sources.cookie !== undefined) return new Cookie(sources.cookie);
  throw new CookieError(
    "no_cookie",
    'There is no cookie. In a page it has to be given: startDistribution(node, { cookie: "…" }).',
  );
}
