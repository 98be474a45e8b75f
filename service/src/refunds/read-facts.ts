// Reads in one statement what the books say about a refund that is asked for: all refunds of the account may be waiting meanwhile.
import type { Money } from '@deskwright/shared/contract';
import { and, eq, gte, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { AskingForRefund } from '../decide/refund-decision.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { prepareJoined, writtenRowsOf } from '../platform/storage/joined-queries.ts';
import { disputeStateOf } from './execution/found-payments.ts';
import { countsFor, KNOWN_PAYMENT, type KnownPayment, toKnownPayment, USED } from './ledger/read-balances.ts';
import { ENTRY_OF_RECORDED, RECENT_MS } from './ledger/recorded-refunds.ts';
import { foundPayments, ledgerEntries, refunds } from './tables.ts';

interface AskedFacts {
  readonly agentId: number;
  readonly ticketId: number;
  /** Null: the ticket has none. */
  readonly requesterId: number | null;
  /** As the books name it; null: it is not known which. */
  readonly payment: string | null;
  /** Minor units of `askedCurrency`. */
  readonly amountMinor: number;
  readonly askedCurrency: string;
  /** Of the limits. */
  readonly currency: string;
  /** A local day. */
  readonly today: string;
  /** The first local day that limits by customer count. */
  readonly since: string;
  readonly now: Date;
}

export interface BookFacts {
  readonly used: AskingForRefund['used'];
  /** Null: the books do not know it. */
  readonly payment: KnownPayment | null;
  /** Whether this amount was reserved on the ticket or of the payment before, and was not given back. */
  readonly isSameAgain: boolean;
  /** Payments found for the ticket and its customer whose dispute is open or was lost. */
  readonly disputed: readonly { readonly state: 'open' | 'lost'; readonly amount: Money }[];
  /** Whether a refund was recorded lately that the books do not have. */
  readonly isBehind: boolean;
}

const value = sql.placeholder;
const ofTicket = eq(ledgerEntries.ticketId, value('ticketId'));
const ofPayment = eq(ledgerEntries.payment, value('payment'));
const inCurrency = eq(ledgerEntries.currency, value('currency'));

/** Also those whose ticket it was, and who got refunds on it or of the payment before: another customer on the ticket makes no room. */
const isOfCustomer = sql`${ledgerEntries.customer} IN (
  SELECT customer FROM ledger_customers WHERE requester_id = ${value('requesterId')}
  UNION SELECT c.customer FROM former_requesters f JOIN ledger_customers c ON c.requester_id = f.requester_id
    WHERE f.ticket_id = ${value('ticketId')}
  UNION SELECT customer FROM ledger_entries WHERE ticket_id = ${value('ticketId')}
  UNION SELECT customer FROM ledger_entries WHERE payment = ${value('payment')})`;

// Each kind by itself, because each has an index of its own: for both together the whole ledger would be read.
const released = alias(ledgerEntries, 'released');
const reversed = alias(ledgerEntries, 'reversed');

const DISPUTED = {
  isDisputed: foundPayments.isDisputed,
  disputeState: foundPayments.disputeState,
  minor: foundPayments.amountMinor,
  currency: foundPayments.currency,
};

const FACTS = {
  today: writtenRowsOf({ used: USED }, (select) =>
    select
      .from(ledgerEntries)
      .where(and(inCurrency, countsFor(value('agentId')), eq(ledgerEntries.day, value('today')))),
  ),
  ticket: writtenRowsOf({ used: USED }, (select) => select.from(ledgerEntries).where(and(inCurrency, ofTicket))),
  customer: writtenRowsOf({ day: ledgerEntries.day, amount: USED }, (select) =>
    select
      .from(ledgerEntries)
      .where(and(inCurrency, isOfCustomer, gte(ledgerEntries.day, value('since'))))
      .groupBy(ledgerEntries.day),
  ),
  payment: writtenRowsOf(KNOWN_PAYMENT, (select) => select.from(ledgerEntries).where(ofPayment)),
  same: writtenRowsOf({ seq: ledgerEntries.seq }, (select) =>
    select
      .from(ledgerEntries)
      .leftJoin(released, and(eq(released.requestId, ledgerEntries.requestId), sql`${released.kind} = 'released'`))
      .leftJoin(reversed, and(eq(reversed.requestId, ledgerEntries.requestId), sql`${reversed.kind} = 'reversed'`))
      .where(
        and(
          eq(ledgerEntries.kind, 'reserved'),
          eq(ledgerEntries.amountMinor, value('amountMinor')),
          eq(ledgerEntries.currency, value('askedCurrency')),
          or(ofTicket, ofPayment),
          isNull(released.seq),
          isNull(reversed.seq),
        ),
      )
      .limit(1),
  ),
  disputed: writtenRowsOf(DISPUTED, (select) =>
    select
      .from(foundPayments)
      .where(
        and(
          eq(foundPayments.ticketId, value('ticketId')),
          eq(foundPayments.requesterId, value('requesterId')),
          foundPayments.isDisputed,
        ),
      ),
  ),
};

/** A day of it at a time is part of the text: by an unknown one PostgreSQL would plan to read a third of all that were ever recorded. */
const behindSince = (recent: Date) =>
  writtenRowsOf({ id: refunds.id }, (select) =>
    select
      .from(refunds)
      .leftJoin(ledgerEntries, ENTRY_OF_RECORDED)
      .where(and(isNull(ledgerEntries.seq), gte(refunds.grantedAt, recent)))
      .limit(1),
  );

const DAY_MS = 24 * 60 * 60 * 1000;
const written = new Map<number, ReturnType<typeof behindSince>>();

function factsOn(now: Date) {
  const recent = Math.floor((now.getTime() - RECENT_MS) / DAY_MS) * DAY_MS;
  const behind = written.get(recent) ?? behindSince(new Date(recent));
  if (!written.has(recent)) written.clear();
  written.set(recent, behind);
  return { ...FACTS, behind };
}

/** True until the transaction ends, while it has the ledger open. */
export async function readFacts(db: Queryable, { now, ...asked }: AskedFacts): Promise<BookFacts> {
  const found = await prepareJoined(db, factsOn(now)).execute({ ...asked });
  return {
    used: {
      today: Number(found.today[0]?.used ?? 0),
      ticket: Number(found.ticket[0]?.used ?? 0),
      customer: found.customer.map(({ day, amount }) => ({ day, amount: Number(amount) })),
    },
    payment: toKnownPayment(found.payment[0]),
    isSameAgain: found.same.length > 0,
    disputed: found.disputed.flatMap(({ minor, currency, ...row }) => {
      const state = disputeStateOf(row);
      return state === null ? [] : [{ state, amount: { minor, currency } }];
    }),
    isBehind: found.behind.length > 0,
  };
}
