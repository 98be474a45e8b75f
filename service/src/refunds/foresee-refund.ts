// Decides about a refund without making it, for commands, by the same function as when it is made.
import { localDate, type Policy } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import type { RefundDecision } from '../decide/refund-decision.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import type { Agent, IsVerified } from '../sidebar/index.ts';
import { tickets } from '../tickets/index.ts';
import { listFound, type OfTicket, readFoundPayment } from './execution/found-payments.ts';
import { judged } from './execution/refund-payment.ts';
import { foresee, type JudgedPayment } from './judge-refund.ts';
import { nameOfOrder, orderOf } from './ledger/entry.ts';
import { type Books, booksOf } from './ledger/ledger.ts';
import { readStop } from './stop.ts';

interface RefundQuestion {
  readonly ticketId: number;
  readonly policy: Policy;
  /** `id` 0: nobody who has refunded before. */
  readonly agent: Pick<Agent, 'id' | 'email' | 'role'> & { readonly tiers: readonly string[] };
  readonly amount: Money;
  /** As the ledger names it (`stripe:ch_1`), or the id or order alone; null: recorded by hand, without one. */
  readonly payment: string | null;
  readonly isVerified: IsVerified;
  readonly now: Date;
}

export type ForeseenRefund =
  | { readonly kind: 'no_ticket' }
  | { readonly kind: 'no_payment' }
  | {
      readonly kind: 'decided';
      readonly decision: RefundDecision;
      /** As the ledger names it. */
      readonly payment: string | null;
      /** Why all refunds are stopped, whatever was decided; null: they are not. */
      readonly stopped: string | null;
    };

/** Reads one state of the database, and waits for no refund that is under way. */
export const foreseeRefund = (db: Database, question: RefundQuestion): Promise<ForeseenRefund> =>
  db.transaction((tx) => answer(tx, question), { isolationLevel: 'repeatable read', accessMode: 'read only' });

async function answer(tx: Queryable, question: RefundQuestion): Promise<ForeseenRefund> {
  const { ticketId, policy, agent, amount, isVerified, now } = question;
  const ticket = await readTicket(tx, ticketId);
  if (ticket === undefined) return { kind: 'no_ticket' };
  const books = booksOf(tx);
  const payment = question.payment === null ? null : await findPayment({ tx, books, ticket, policy }, question.payment);
  if (payment === undefined) return { kind: 'no_payment' };
  const decision = await foresee(
    { tx, policy, agent, ticket, now },
    { amount, payment, isVerified: await isVerified(tx, ticketId, now), isConfirmed: false },
  );
  return {
    kind: 'decided',
    decision,
    payment: payment?.name ?? null,
    stopped: (await readStop(tx))?.why ?? null,
  };
}

async function readTicket(db: Queryable, ticketId: number) {
  const [ticket] = await db
    .select({ id: tickets.id, category: tickets.category, requesterId: tickets.requesterId })
    .from(tickets)
    .where(eq(tickets.id, ticketId));
  return ticket;
}

/** One that was found for the ticket and its customer, or one that agents entered by hand: no other is refunded. */
async function findPayment(
  {
    tx,
    books,
    ticket,
    policy: { time_zone: timeZone },
  }: { tx: Queryable; books: Books; ticket: OfTicket; policy: Policy },
  given: string,
): Promise<JudgedPayment | undefined> {
  const found = await readFoundPayment(tx, ticket, given.includes(':') ? given : `stripe:${given}`);
  if (found !== null) return judged(found, timeZone);
  const name = nameOfOrder(orderOf(given));
  const known = await books.payment(name);
  if (known === null) return undefined;
  return { name, paid: { minor: known.paid, currency: known.currency }, paidOn: known.day, dispute: null };
}

/** The payments that agents were shown for the ticket and the customer that it has now, the oldest first. */
export async function listFoundPayments(
  db: Queryable,
  ticketId: number,
  timeZone: string,
): Promise<{ payment: string; amount: Money; paidOn: string }[]> {
  const ticket = await readTicket(db, ticketId);
  const found = ticket === undefined ? [] : await listFound(db, ticket);
  return found.toReversed().map(({ payment, amountMinor, currency, paidAt }) => ({
    payment,
    amount: { minor: amountMinor, currency },
    paidOn: localDate(paidAt.getTime(), timeZone),
  }));
}
