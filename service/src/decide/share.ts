// Decides whether a ticket is in the share for which a trigger or a policy acts.
import { createHash } from 'node:crypto';
import { type Mode, type Policy, shareOf } from '@deskwright/shared';

/**
 * The same ticket is always inside or outside, and a larger share contains a smaller one. Different names choose different tickets.
 * @param percent 0 to 100
 * @param name the trigger's id
 */
export function isInShare(percent: number, name: string, ticketId: number): boolean {
  if (percent <= 0 || percent >= 100) return percent >= 100;
  const draw = createHash('sha256').update(`mode:${name}:${ticketId}`).digest().readUInt32BE(0) / 2 ** 32;
  return draw * 100 < percent;
}

/** For how many percent of the tickets a trigger acts, by the mode of the file and its own: the stricter counts. */
export const shareOfBoth = (ofFile: Policy['mode'], own: Mode | undefined): number =>
  Math.min(shareOf(ofFile), shareOf(own));

/** The name of the file's share. */
export const FILE = '';

/** Whether the mode of the file lets the policy act for the ticket; `observe` stops what is written elsewhere. */
export const actsFor = ({ mode }: Pick<Policy, 'mode'>, ticketId: number): boolean =>
  isInShare(shareOf(mode), FILE, ticketId);
