const inspected = Symbol.for("nodejs.util.inspect.custom");

/**
 * A float that a plain number would turn into an integer, such as 1.0.
 * Made by {@link float}. Arithmetic on it works: `+float(1) + 1` is 2.
 */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  valueOf(): number {
    return this.value;
  }

  toJSON(): number {
    return this.value;
  }

  /** As Erlang prints it: `1.0`. */
  toString(): string {
    return this.value.toFixed(1);
  }

  [inspected](): string {
    return `float(${this})`;
  }
}

/**
 * A number that is a float in Erlang, whatever its value: `float(1)` is 1.0.
 *
 * A number with a fraction, beyond ±2^53, or -0 is a float anyway, and
 * is returned as it is.
 */
export function float(value: number): number | Float {
  return isIntegerInErlang(value) ? new Float(value) : value;
}

/** Whether a plain number is sent as an integer. */
export function isIntegerInErlang(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}
