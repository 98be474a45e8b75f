// Declares the order of the queue.
import { z } from 'zod';
import { DURATION_PATTERN } from '../check/check-amount.ts';
import { errorAt, type Finding } from '../finding.ts';
import { duration, positiveDuration } from './atoms.ts';
import { fromCheck } from './from-check.ts';

const BANDS = ['incident', 'urgent', 'over_target'] as const;

export const queueOrder = z.strictObject({
  bands: z
    .array(z.enum(BANDS))
    .min(1, 'is empty; name a band, or remove queue_order for oldest first alone')
    .check(fromCheck(checkBands))
    .optional()
    .meta({
      description:
        "Which tickets come before the rest, the first band first; in each band, and in the rest, the oldest wait comes first. `incident`: Zendesk's type of the ticket is Incident. `urgent`: its priority is Urgent. `over_target`: its reply is overdue by `targets`, or nearly (`before_target`). Left out: these three.",
      examples: [['incident', 'urgent', 'over_target']],
    }),
  before_target: duration
    .check(fromCheck(checkElapsed))
    .optional()
    .meta({
      description:
        'How long before its reply is due a ticket counts as `over_target` already. In m, h or d; left out: from the moment it is due.',
      examples: ['30m'],
    }),
  rises_after: positiveDuration.optional().meta({
    description:
      'A customer who has waited this long is in the first band, whatever the ticket: only customers who have waited longer come before. Left out: 5d.',
    examples: ['3d'],
  }),
});

/** A band named twice would have two places. */
function checkBands(bands: unknown): Finding[] {
  if (!Array.isArray(bands)) return [];
  return bands.flatMap((band, at) =>
    bands.indexOf(band) === at
      ? []
      : [errorAt([at], `${String(band)} is a duplicate of entry ${bands.indexOf(band) + 1}`)],
  );
}

/** Time before a moment is counted by the clock: business hours before it are not defined. */
function checkElapsed(value: unknown): Finding[] {
  if (typeof value !== 'string' || !DURATION_PATTERN.test(value) || !value.endsWith('bh')) return [];
  return [
    errorAt(
      [],
      `is measured back from a point in time, so it cannot be in business hours: write ${value.replace('bh', 'h')}`,
    ),
  ];
}
