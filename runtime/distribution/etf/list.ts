/**
 * A list that a plain array would turn into a tuple, because it starts with
 * a string: `[<<"Ann">>, <<"Bo">>]`. Made by {@link list}.
 */
export class List extends Array<unknown> {}

/**
 * A list of exactly these elements: a string among them is a binary.
 * Where a plain array is that list, a plain array is returned.
 */
export function list<T extends readonly unknown[]>(
  ...elements: T
): T[number][] {
  if (typeof elements[0] !== "string") return [...elements];
  const made = new List();
  for (const element of elements) made.push(element);
  return made;
}

/**
 * A list whose last tail is not the empty list: `[alias | Ref]`.
 * `items` has at least one element; `tail` is never an array that is a list.
 */
export class ImproperList {
  readonly items: readonly unknown[];
  readonly tail: unknown;

  constructor(items: readonly unknown[], tail: unknown) {
    this.items = items;
    this.tail = tail;
  }
}
