// Checks the order of the queue.

import { errorAt, type Finding } from '../finding.ts';
import { DURATION_PATTERN } from './check-amount.ts';

/** A band named twice would have two places. */
export function checkBands(bands: unknown): Finding[] {
  if (!Array.isArray(bands)) return [];
  return bands.flatMap((band, at) =>
    bands.indexOf(band) === at
      ? []
      : [errorAt([at], `${String(band)} is a duplicate of entry ${bands.indexOf(band) + 1}`)],
  );
}

/** Time before a moment is counted by the clock: business hours before it are not defined. */
export function checkElapsed(value: unknown): Finding[] {
  if (typeof value !== 'string' || !DURATION_PATTERN.test(value) || !value.endsWith('bh')) return [];
  return [
    errorAt(
      [],
      `is measured back from a point in time, so it cannot be in business hours: write ${value.replace('bh', 'h')}`,
    ),
  ];
}
