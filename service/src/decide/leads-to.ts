// Checks whether one tier escalates to another, directly or through others.
import type { Policy } from '@deskwright/shared';

/** Tier ids. False from a tier to itself and when `to` is null. */
export function leadsTo({ tiers }: Pick<Policy, 'tiers'>, from: string, to: string | null): boolean {
  const next = tiers.find(({ id }) => id === from)?.escalates_to;
  // The loader refuses circular escalation, so this ends.
  return next !== undefined && (next === to || leadsTo({ tiers }, next, to));
}
