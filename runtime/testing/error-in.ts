/** Deeper than reasons wrap one another; a list that holds itself ends there. */
const DEEPEST = 16;

/**
 * The first error in a reason or anywhere in it, such as the one in
 * `["shutdown", ["failed_to_start_child", id, ["EXIT", error]]]`.
 *
 * @param isWanted passes over errors of other kinds.
 */
export function errorIn(
  reason: unknown,
  isWanted: (error: Error) => boolean = () => true,
  depth = 0,
): Error | undefined {
  if (reason instanceof Error) return isWanted(reason) ? reason : undefined;
  if (!Array.isArray(reason) || depth > DEEPEST) return undefined;
  for (const part of reason) {
    const found = errorIn(part, isWanted, depth + 1);
    if (found) return found;
  }
  return undefined;
}
