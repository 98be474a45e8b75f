// Writes the outcome of a refund into the ledger, the refund's row and the ticket: once, however often it is reported.
import { eq } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { lockTicket, recordTicketChange } from '../../tickets/index.ts';
import { openLedger } from '../ledger/ledger.ts';
import { tagsOf } from '../refund-tags.ts';
import { paymentRefunds, type RefundRefusal } from '../tables.ts';
import { nameOfAgent, noteOf, type RefundNews } from './refund-note.ts';

export type RefundOutcome =
  | { readonly state: 'succeeded' | 'pending' | 'failed'; readonly providerRef: string }
  | { readonly state: 'refused'; readonly reason: RefundRefusal };

type Row = typeof paymentRefunds.$inferSelect;

/** @returns what is news of it; null: it was known, or contradicts how it ended */
export async function endRefund(
  db: Database,
  requestId: string,
  outcome: RefundOutcome,
  now: Date,
): Promise<RefundNews | null> {
  return db.transaction(async (tx) => {
    const [known] = await tx.select().from(paymentRefunds).where(eq(paymentRefunds.requestId, requestId));
    if (known === undefined) return null;
    // Tickets are locked before the ledger, everywhere.
    await lockTicket(tx, known.ticketId);
    const ledger = await openLedger(tx);
    const [row] = await tx.select().from(paymentRefunds).where(eq(paymentRefunds.requestId, requestId)).for('update');
    const news = row && newsOf(row, outcome);
    if (row === undefined || news == null) return null;
    const [reserved] = await ledger.ofRequest(requestId);
    if (reserved === undefined) throw new Error(`the refund ${requestId} has no reservation`);
    const providerRef = 'providerRef' in outcome ? outcome.providerRef : row.providerRef;
    const kind = ({ done: 'confirmed', refused: 'released', failed: 'released', came_back: 'reversed' } as const)[
      news as Exclude<RefundNews, 'pending'>
    ];
    if (news !== 'pending') await ledger.append([{ ...reserved, kind, providerRef, at: now }]);
    const ended = {
      state: outcome.state,
      providerRef,
      refusedBecause: outcome.state === 'refused' ? outcome.reason : null,
      endedAt: news === 'pending' ? null : now,
    };
    await tx.update(paymentRefunds).set(ended).where(eq(paymentRefunds.requestId, requestId));
    await recordTicketChange(tx, {
      key: `refund_payment:${requestId}:${news}`,
      ticketId: row.ticketId,
      cause: 'agent',
      change: {
        note: noteOf({ ...row, ...ended }, news, { by: await whoOf(tx, row), rule: reserved.rule }),
        ...tagsOf(news === 'refused' || news === 'came_back' ? 'failed' : news),
      },
    });
    return news;
  });
}

/** What the books already say stands: only a refund that was made can come back. */
function newsOf({ state }: Row, outcome: RefundOutcome): RefundNews | null {
  if (state === 'refused' || state === 'failed') return null;
  if (state === 'succeeded') return outcome.state === 'failed' ? 'came_back' : null;
  switch (outcome.state) {
    case 'succeeded':
      return 'done';
    case 'pending':
      return state === 'pending' ? null : 'pending';
    case 'failed':
      return 'failed';
    case 'refused':
      // It is at the provider already.
      return state === 'pending' ? null : 'refused';
  }
}

async function whoOf(tx: Queryable, { agentId, approvedBy }: Row): Promise<string> {
  const agent = await nameOfAgent(tx, agentId);
  return approvedBy === null ? agent : `${agent}, approved by ${await nameOfAgent(tx, approvedBy)}`;
}
