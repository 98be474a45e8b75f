// Prints moments on the policy's clock, for people; JSON has them as ISO 8601.
import type { Policy } from '@deskwright/shared';
import type { Queryable } from '../platform/storage/database.ts';
import { lastGoodPolicy } from '../policy/last-good-policy.ts';
import { checkPolicyTexts } from '../policy/read-policy-file.ts';

export interface Clock {
  readonly timeZone: string;
  /** `2026-11-29 14:31:07`, always of this length. */
  readonly print: (at: Date) => string;
  /** `2026-11-29 14:31:07 (Europe/Berlin)`. */
  readonly printWithZone: (at: Date) => string;
}

/** @param policy null: this machine's clock */
export function clockOf(policy: Pick<Policy, 'time_zone'> | null): Clock {
  const timeZone = policy?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Sweden writes dates as year-month-day.
  const print = (at: Date) => at.toLocaleString('sv-SE', { timeZone });
  return { timeZone, print, printWithZone: (at) => `${print(at)} (${timeZone})` };
}

/** As the service loaded it last; null: it never did. */
export async function readPolicyInForce(db: Queryable): Promise<Policy | null> {
  const kept = await lastGoodPolicy(db).read();
  const read = kept && checkPolicyTexts(kept.texts, 'policy', { wasInForce: true });
  return read?.outcome === 'loaded' ? read.loaded.policy : null;
}
