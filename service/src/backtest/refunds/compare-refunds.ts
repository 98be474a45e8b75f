// Decides past refunds under two policies, each on the facts of its moment, and says what differs.
import type { Policy } from '@deskwright/shared';
import { decideRefund } from '../../decide/refund-decision.ts';
import type { Compared } from '../summarise.ts';
import { type CountOptions, countRefunds, type RefundAnswer, type RefundCounts } from './count-refunds.ts';
import type { PastEvent, PastRefund } from './past-refund.ts';
import { replayBooks } from './replay-books.ts';

export interface RefundBacktest extends RefundCounts {
  readonly policies: { readonly before: string; readonly after: string };
}

/**
 * One event after the other, so that of a long past only sums are kept, and what can still come back. What really happened is what counts in
 * the limits of later refunds, whatever is decided here. The same events and policies always give the same.
 */
export async function compareRefunds(
  { before, after }: Compared,
  events: Iterable<PastEvent> | AsyncIterable<PastEvent>,
  options: CountOptions,
): Promise<RefundBacktest> {
  const counts = countRefunds(options);
  const was = replayBooks(before.policy);
  // Of a policy the books need the time zone alone.
  const will = before.policy.time_zone === after.policy.time_zone ? was : replayBooks(after.policy);
  for await (const event of events) {
    if (event.kind === 'refund') {
      const old = decideOne(before.policy, was, event);
      counts.add(event, was.dayOf(event), old, decideOne(after.policy, will, event));
    }
    was.enter(event);
    if (will !== was) will.enter(event);
  }
  return { policies: { before: before.name, after: after.name }, ...counts.sum() };
}

function decideOne(policy: Policy, books: ReturnType<typeof replayBooks>, refund: PastRefund): RefundAnswer {
  const { refunds } = policy;
  if (refunds === undefined) return { verdict: 'refused', rule: 'may_refund' };
  const { verdict, rule } = decideRefund(refunds, books.asking(refund, policy, refunds.currency));
  return { verdict, rule };
}
