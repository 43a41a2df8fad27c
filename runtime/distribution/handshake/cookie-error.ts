export type CookieErrorCode =
  /** None was given, and there is no file to take one from. */
  | "no_cookie"
  /** It has characters that cannot be in a cookie, or none at all. */
  | "bad_cookie"
  /** Its file may be read by others, or cannot be read at all. */
  | "bad_cookie_file";

/** There is no cookie to use. The message never repeats what there is. */
export class CookieError extends Error {
  override readonly name = "CookieError";
  readonly code: CookieErrorCode;

  constructor(code: CookieErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
