// Checks whether tickets can be written, and which limit holds.
import type { Check } from '../../platform/http/health.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { writesAllowed } from './account-limit.ts';
import { readWriteGate } from './stopped-writes.ts';

/** `policyPerMinute`: `zendesk.writes_per_minute`. Paused writes are only a warning: they resume by themselves, and webhooks must still be received. */
export async function checkWrites(db: Queryable, policyPerMinute: number): Promise<Check> {
  const { stopped, stoppedSince, accountPerMinute } = await readWriteGate(db);
  const detail = describeLimit(policyPerMinute, accountPerMinute);
  if (!stopped) return { ok: true, detail };
  const why =
    stopped === 'refused'
      ? 'Zendesk refuses our login: check the OAuth client and its scopes'
      : 'Zendesk does not answer, or accepts no ticket updates';
  const since = stoppedSince ? ` since ${stoppedSince.toISOString()}` : '';
  return { ok: true, detail, warning: `nothing is written${since}: ${why}. Retrying every few seconds` };
}

function describeLimit(policyPerMinute: number, accountPerMinute: number | null): string {
  const allowed = writesAllowed(policyPerMinute, accountPerMinute);
  const most = `at most ${Math.floor(allowed * 10) / 10} ticket updates a minute`;
  if (accountPerMinute === null)
    return `${most}, by the policy's writes_per_minute; the account's limit is known after the first update`;
  return allowed < policyPerMinute
    ? `${most}: the account allows ${accountPerMinute} in all, too few for the policy's writes_per_minute of ${policyPerMinute}`
    : `${most}, by the policy's writes_per_minute; the account allows ${accountPerMinute} in all`;
}
