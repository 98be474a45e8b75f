// Lets agents skip some tickets of the backlog in guided mode, each with a reason.
import type { Account } from '../account/account.ts';
import { expectOk } from '../account/result.ts';
import type { User } from '../account/types.ts';
import { pick, type Random } from '../random.ts';

const REASONS = [
  'Not my area',
  'Not my area',
  'Not sure what to answer',
  'Needs a translation',
  'Waiting for warehouse',
];
/** One in so many open tickets. */
const ONE_IN = 16;
const HOUR = 3_600_000;

/** `now`: epoch milliseconds. Each ticket was skipped within the day before, and not before it was written. */
export function seedSkips(account: Account, staff: readonly User[], random: Random, now: number): void {
  const skips = account.tickets
    .list()
    .filter(({ status, created_at: at }) => status === 'new' && Date.parse(at) < now - HOUR && random() < 1 / ONE_IN)
    .map(({ id, created_at: createdAt }) => {
      const from = Math.max(Date.parse(createdAt), now - 24 * HOUR);
      return { ticket_id: id, at: from + Math.floor(random() * (now - from)) };
    });
  for (const { ticket_id, at } of skips.toSorted((a, b) => a.at - b.at))
    expectOk(account.skips.record({ ticket_id, reason: pick(random, REASONS) }, { id: pick(random, staff).id, at }));
}
