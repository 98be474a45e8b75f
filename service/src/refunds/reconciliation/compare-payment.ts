// Brings the books of one payment in line with the provider, and reports what cannot be.
import { localDate } from '@deskwright/shared';
import { and, desc, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import type { Payment, PaymentProvider, ProviderRefund } from '../../payments/payment-provider.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { nameCustomer } from '../customers.ts';
import { endRefund } from '../execution/end-refund.ts';
import { providerIdOf, renewFoundPayment } from '../execution/found-payments.ts';
import { openLedger } from '../ledger/ledger.ts';
import { foundPayments, ledgerEntries, paymentRefunds, type RefundDifference } from '../tables.ts';
import { listAbandoned } from './list-abandoned.ts';

type What = Exclude<RefundDifference['what'], 'not_compared'>;

export interface ComparingDeps {
  readonly db: Database;
  readonly payments: PaymentProvider;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** The policy's, which says on which day a refund counts. */
  readonly timeZone: () => string;
  /** Where an error about one payment goes, which keeps no other from being compared. */
  readonly logger?: Pick<Logger, 'error'>;
}

/**
 * Refunds of ours end as the provider says, also those that nothing would make any more; those made outside are entered, and cards show what is disputed. However often it runs, and whatever told of the payment, each refund is
 * entered once. @param payment as the ledger names it. Throws `ProviderError`.
 */
export async function comparePayment(deps: ComparingDeps, payment: string): Promise<readonly RefundDifference[]> {
  const { db, payments, clock } = deps;
  // Read before the provider is asked: a refund made in between is missing nowhere.
  const entered = await readEntered(db, payment);
  const abandoned = await listAbandoned(db, payment, new Date(clock()));
  const refunds: ProviderRefund[] = [];
  for await (const refund of payments.listRefunds({ paymentId: providerIdOf(payment) })) refunds.push(refund);
  const paid = await payments.readPayment(providerIdOf(payment));
  if (paid !== null) await renewFoundPayment(db, paid, new Date(clock()));
  const differences: RefundDifference[] = [];
  // The oldest first: a pending one of ours gives its money free before the next is entered.
  for (const refund of refunds.toReversed()) {
    const differs = (what: What) =>
      differences.push({
        payment,
        refund: refund.providerRef,
        what,
        amountMinor: refund.amount.minor,
        currency: refund.amount.currency,
      });
    const own = await findOwn(db, payment, refund);
    if (own !== null) await endRefund(db, own.requestId, refund, new Date(clock()));
    if (own !== null && own.state !== 'refused') continue;
    // One whose money the books have released is entered as one made outside, for which there may be no room any more.
    const what = await enterOutside(deps, payment, refund, paid);
    if (own !== null && (what !== null || refund.state === 'pending')) differs('made_although_given_back');
    if (own === null && what !== null) differs(what);
  }
  for (const { requestId } of abandoned)
    await endRefund(db, requestId, { state: 'refused', reason: 'not_sent' }, new Date(clock()));
  return [...differences, ...missingAtProvider(entered, payment, refunds)];
}

/** A second refund with the same request, whoever made it, is not ours: the books have one. */
async function findOwn(db: Database, payment: string, { requestId, providerRef, amount }: ProviderRefund) {
  if (requestId === null) return null;
  const [row] = await db.select().from(paymentRefunds).where(eq(paymentRefunds.requestId, requestId));
  const isOurs = row?.payment === payment && row.amountMinor === amount.minor && row.currency === amount.currency;
  return isOurs && (row.providerRef ?? providerRef) === providerRef ? row : null;
}

async function enterOutside(
  { db, clock, timeZone }: ComparingDeps,
  payment: string,
  { providerRef, amount, state, createdAt }: ProviderRefund,
  paid: Pick<Payment, 'amount' | 'paidAt'> | null,
): Promise<What | null> {
  return db.transaction(async (tx) => {
    const ledger = await openLedger(tx);
    const [entered, ...later] = await tx
      .select()
      .from(ledgerEntries)
      .where(and(eq(ledgerEntries.payment, payment), eq(ledgerEntries.providerRef, providerRef)))
      .orderBy(ledgerEntries.seq);
    if (entered !== undefined) {
      if (state === 'failed' && entered.kind === 'outside') {
        // The money came back: the payment has it again.
        if (later.length === 0) await ledger.append([{ ...entered, kind: 'reversed', at: new Date(clock()) }]);
        return null;
      }
      return entered.amountMinor === amount.minor ? null : 'other_amount';
    }
    // A pending one may still fail; what is left of the payment is asked of the provider before each refund.
    if (state !== 'succeeded') return null;
    const left = await ledger.refundable(payment, amount.currency);
    if (amount.minor > (left ?? paid?.amount.minor ?? 0)) return 'not_in_books';
    const entry = {
      currency: amount.currency,
      payment,
      requestId: null,
      ...(await readWhose(tx, payment)),
      agentId: null,
      rule: null,
      policyHash: null,
      approvedBy: null,
      at: new Date(clock()),
    };
    const dayOf = (moment: Date) => localDate(moment.getTime(), timeZone());
    await ledger.append([
      ...(left === null && paid !== null
        ? [
            {
              ...entry,
              kind: 'payment' as const,
              amountMinor: paid.amount.minor,
              providerRef: null,
              day: dayOf(paid.paidAt),
            },
          ]
        : []),
      { ...entry, kind: 'outside', amountMinor: amount.minor, providerRef, day: dayOf(createdAt) },
    ]);
    return null;
  });
}

/**
 * By the last refund that was asked for of it, or else by the customer for whom it was found last, other than by a field of the ticket: so that limits of customer
 * and ticket count what is made outside, too.
 */
async function readWhose(tx: Queryable, payment: string) {
  const { customer, ticketId, seq } = ledgerEntries;
  const [last] = await tx
    .select({ customer, ticketId })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.payment, payment), isNotNull(customer)))
    .orderBy(desc(seq))
    .limit(1);
  if (last !== undefined) return last;
  const isTheirs = and(
    eq(foundPayments.payment, payment),
    ne(foundPayments.matchedBy, 'ticket_field'),
    isNotNull(foundPayments.requesterId),
  );
  const [found] = await tx
    .select({ requesterId: foundPayments.requesterId, ticketId: foundPayments.ticketId })
    .from(foundPayments)
    .where(isTheirs)
    .orderBy(desc(foundPayments.readAt), desc(foundPayments.ticketId))
    .limit(1);
  return found === undefined || found.requesterId === null
    ? { customer: null, ticketId: null }
    : { customer: await nameCustomer(tx, found.requesterId), ticketId: found.ticketId };
}

type Entered = Pick<typeof ledgerEntries.$inferSelect, 'providerRef' | 'amountMinor' | 'currency'>;

const readEntered = (db: Database, payment: string): Promise<Entered[]> =>
  db
    .select()
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.payment, payment),
        inArray(ledgerEntries.kind, ['confirmed', 'outside']),
        isNotNull(ledgerEntries.providerRef),
      ),
    );

function missingAtProvider(
  entered: readonly Entered[],
  payment: string,
  refunds: readonly ProviderRefund[],
): RefundDifference[] {
  const known = new Set(refunds.map(({ providerRef }) => providerRef));
  return entered.flatMap(({ providerRef, amountMinor, currency }) =>
    providerRef === null || known.has(providerRef)
      ? []
      : [{ payment, refund: providerRef, what: 'not_at_provider', amountMinor, currency }],
  );
}
