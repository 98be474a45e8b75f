// Decides whether a ticket is in the survey sample.
import { createHash } from 'node:crypto';
import type { SurveyKind } from '@deskwright/shared';

/**
 * Decides by a hash of ticket and survey, so that every process gives the same answer each time, and a larger sample
 * contains the smaller one. `sample` is a percentage as the policy writes it: `100%`, `12.5%`.
 * Throws RangeError when it is not one.
 */
export function isInSample(sample: string, survey: SurveyKind, ticketId: number): boolean {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(sample)?.[1];
  if (percent === undefined) throw new RangeError(`not a percentage: ${JSON.stringify(sample)}`);
  const draw = createHash('sha256').update(`${survey}:${ticketId}`).digest().readUInt32BE(0) / 2 ** 32;
  return draw * 100 < Number(percent);
}
