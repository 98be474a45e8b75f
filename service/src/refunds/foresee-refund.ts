// Decides about a refund without making it, for commands, by the same function as when it is made.
import { localDate, type Policy } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { asc, eq } from 'drizzle-orm';
import type { RefundDecision } from '../decide/refund-decision.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import type { Agent } from '../sidebar/index.ts';
import { tickets } from '../tickets/index.ts';
import { type OfTicket, readFoundPayment } from './execution/found-payments.ts';
import { judged } from './execution/refund-payment.ts';
import { foresee, type JudgedRefund } from './judge-refund.ts';
import { type Books, booksOf } from './ledger/ledger.ts';
import type { IsVerified } from './record-refund.ts';
import { readStop } from './stop.ts';
import { foundPayments } from './tables.ts';

interface RefundQuestion {
  readonly ticketId: number;
  readonly policy: Policy;
  /** `id` 0: nobody who has refunded before. */
  readonly agent: Pick<Agent, 'id' | 'email' | 'role'> & { readonly tiers: readonly string[] };
  readonly amount: Money;
  /** As the ledger names it (`stripe:ch_1`), or the id alone; null: recorded by hand, without one. */
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
  const [ticket] = await tx
    .select({ id: tickets.id, category: tickets.category, requesterId: tickets.requesterId })
    .from(tickets)
    .where(eq(tickets.id, ticketId));
  if (ticket === undefined) return { kind: 'no_ticket' };
  const books = booksOf(tx);
  const payment = question.payment === null ? null : await findPayment({ tx, books, ticket, policy }, question.payment);
  if (payment === undefined) return { kind: 'no_payment' };
  const { decision } = await foresee(
    { tx, books, policy, agent, ticket, now },
    { amount, payment, isVerified: await isVerified(tx, ticketId, now), isConfirmed: false },
  );
  return {
    kind: 'decided',
    decision,
    payment: payment?.name ?? null,
    stopped: (await readStop(tx))?.why ?? null,
  };
}

/** One that was found for the ticket, or that the books know. */
async function findPayment(
  {
    tx,
    books,
    ticket,
    policy: { time_zone: timeZone },
  }: { tx: Queryable; books: Books; ticket: OfTicket; policy: Policy },
  given: string,
): Promise<NonNullable<JudgedRefund['payment']> | undefined> {
  const names = given.includes(':') ? [given] : [`stripe:${given}`, `manual:${given.replace(/^#/, '').toLowerCase()}`];
  for (const name of names) {
    const found = await readFoundPayment(tx, ticket, name);
    if (found !== null) return judged(found, timeZone);
    const known = await books.payment(name);
    if (known !== null)
      return { name, paid: { minor: known.paid, currency: known.currency }, paidOn: known.day, isDisputed: false };
  }
  return undefined;
}

/** The payments that agents were shown for the ticket. */
export async function listFoundPayments(
  db: Queryable,
  ticketId: number,
  timeZone: string,
): Promise<{ payment: string; amount: Money; paidOn: string }[]> {
  const rows = await db
    .select()
    .from(foundPayments)
    .where(eq(foundPayments.ticketId, ticketId))
    .orderBy(asc(foundPayments.paidAt));
  return rows.map(({ payment, amountMinor, currency, paidAt }) => ({
    payment,
    amount: { minor: amountMinor, currency },
    paidOn: localDate(paidAt.getTime(), timeZone),
  }));
}
