// Parses durations such as `8bh`.

/** m: minutes, h: hours, d: calendar days (same wall time), bh: hours in which the business is open. */
export type DurationUnit = 'm' | 'h' | 'd' | 'bh';

export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

const PATTERN = /^(\d+(?:\.\d+)?)(m|h|d|bh)$/;

/**
 * Reads `30m`, `24h`, `5d` or `8bh`.
 * @throws RangeError when the text is not a duration. Policies are validated before, so there it is a bug.
 */
export function parseDuration(text: string): Duration {
  const found = PATTERN.exec(text);
  if (!found?.[1] || !found[2]) throw new RangeError(`not a duration: ${JSON.stringify(text)}`);
  return { amount: Number(found[1]), unit: found[2] as DurationUnit };
}
