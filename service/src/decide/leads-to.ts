// Checks whether one tier escalates to another, directly or through others.
import type { Policy } from '@deskwright/shared';

/** Ids of tiers. False from a tier to itself, and to none. */
export function leadsTo({ tiers }: Pick<Policy, 'tiers'>, from: string, to: string | null): boolean {
  const next = tiers.find(({ id }) => id === from)?.escalates_to;
  // The loader refuses tiers that escalate in a circle, so this ends.
  return next !== undefined && (next === to || leadsTo({ tiers }, next, to));
}
