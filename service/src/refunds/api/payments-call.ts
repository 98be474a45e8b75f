// Finds the payments of a ticket's customer, and what this agent may refund of each.
import type { TicketPayment, TicketPayments } from '@deskwright/shared/contract';
import { desc, eq, or } from 'drizzle-orm';
import type { Directory, Person } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import { type Payment, type PaymentProvider, ProviderError } from '../../payments/payment-provider.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import {
  type Agent,
  agentName,
  defineTicketCall,
  type IsVerified,
  maySee,
  refuse,
  type TicketCall,
} from '../../sidebar/index.ts';
import { type TicketRow, tickets } from '../../tickets/index.ts';
import { MAX_WAIT_MS, withTimeLimit } from '../../zendesk/with-time-limit.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { tiersOf } from '../agent-limit.ts';
import { readEvidence } from '../disputes/evidence.ts';
import {
  leftOf,
  matchOf,
  paymentKey,
  readFoundPayment,
  readLastFound,
  saveFoundPayments,
} from '../execution/found-payments.ts';
import { judged } from '../execution/refund-payment.ts';
import { foresee } from '../judge-refund.ts';
import { booksOf } from '../ledger/ledger.ts';
import { nameOfReasonCode } from '../refund-reason.ts';
import { paymentRefunds } from '../tables.ts';

export interface PaymentsCallDeps {
  readonly db: Database;
  readonly payments: PaymentProvider | null;
  readonly policy: { current: () => PolicyWithGuidance };
  readonly directory: { current: () => Pick<Directory, 'groupId' | 'person'> | null };
  readonly isVerified: IsVerified;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

type Row = Omit<TicketRow, 'queueBand'>;

/** An agent looks at the card meanwhile. */
const MOST_MS = 8_000;
/** Refunds shown. */
const MOST_REFUNDS = 20;
/** Ids of Stripe, also of a connected account: a field of the ticket with one names the payment or the customer. */
const PROVIDER_ID = /^(?:acct_\w+\/)?(?:ch|py|pi|cus)_\w+$/;

/** What the provider does not answer is left out, and said: the card is never empty because of it. */
export const paymentsCall = (deps: PaymentsCallDeps): TicketCall =>
  defineTicketCall({
    name: 'find_payments',
    method: 'get',
    path: '/payments',
    answer: async ({ ticket, requester, agent }) => {
      const now = new Date(deps.clock());
      const directory = deps.directory.current();
      if (directory === null) return refuse('unavailable', 'Zendesk has not answered since the service started.');
      const customer = await customerOf(directory, ticket.requesterId, requester);
      const found = await find(deps, ticket, customer);
      const isUnknown = found.problem === 'unavailable';
      const last = isUnknown ? await readLastFound(deps.db, ticket) : null;
      if (!isUnknown) await saveFoundPayments(deps.db, ticket, found.payments, now);
      const payments = last?.payments ?? found.payments;
      const body: TicketPayments = {
        asOf: (last?.asOf ?? now).toISOString(),
        problem: found.problem,
        payments: await judgeAll(deps, directory, ticket, agent, payments, now),
        refunds: await readRefunds(deps, ticket, agent),
      };
      return { kind: 'answer', body };
    },
  });

type Customer = Pick<Person, 'email' | 'customerIds'>;

/** As Zendesk has them now; what is stored, while it does not answer. */
async function customerOf(
  directory: Pick<Directory, 'person'>,
  id: number | null,
  stored: Pick<Customer, 'email'> | null,
): Promise<Customer | null> {
  const known = id === null ? null : await withTimeLimit(directory.person(id), MAX_WAIT_MS).catch(orNothing);
  return known ?? (stored && { email: stored.email, customerIds: [] });
}

function orNothing(error: unknown): null {
  if (error instanceof ZendeskError) return null;
  throw error;
}

async function find(
  { payments }: PaymentsCallDeps,
  { customFields }: Row,
  customer: Customer | null,
): Promise<{ problem: TicketPayments['problem']; payments: readonly Payment[] }> {
  if (payments === null) return { problem: 'not_connected', payments: [] };
  const ticketFields = Object.values(customFields ?? {}).flatMap((value) =>
    typeof value === 'string' && PROVIDER_ID.test(value.trim()) ? [value.trim()] : [],
  );
  const { email = null, customerIds = [] } = customer ?? {};
  try {
    const asked = payments.findPayments({ ticketFields, customerIds, emails: email === null ? [] : [email] });
    const found = await withTimeLimit(asked, MOST_MS);
    return found === null ? { problem: 'unavailable', payments: [] } : { problem: null, payments: found };
  } catch (error) {
    if (error instanceof ProviderError) return { problem: 'unavailable', payments: [] };
    throw error;
  }
}

async function judgeAll(
  { db, policy, isVerified }: PaymentsCallDeps,
  directory: Pick<Directory, 'groupId'>,
  ticket: Row,
  agent: Agent,
  payments: readonly Payment[],
  now: Date,
): Promise<TicketPayment[]> {
  const { policy: inForce } = policy.current();
  const tiers = tiersOf(inForce, directory, agent);
  // One state of the books for all payments. Nothing is reserved, so no refund waits meanwhile.
  return db.transaction(async (tx) => {
    const books = booksOf(tx);
    const isCustomerVerified = await isVerified(tx, ticket.id, now);
    const shown: TicketPayment[] = [];
    for (const payment of payments) {
      const found = await readFoundPayment(tx, ticket, paymentKey(payment));
      if (found === null) continue;
      const { currency } = payment.amount;
      const against = payment.dispute === null || payment.dispute.state === 'won' ? null : payment.dispute;
      const decision = await foresee(
        { tx, policy: inForce, agent: { ...agent, tiers }, ticket, now },
        {
          amount: { minor: 1, currency },
          payment: judged(found, inForce.time_zone),
          isVerified: isCustomerVerified,
          isConfirmed: true,
        },
      );
      const left = leftOf(await books.refundable(found.payment, currency), found);
      const mayAny = inForce.refunds?.currency === currency && against === null;
      shown.push({
        payment: found.payment,
        paidAt: payment.paidAt.toISOString(),
        amount: payment.amount,
        left: { minor: left, currency },
        upTo: { minor: mayAny ? Math.min(decision.upTo, left) : 0, currency },
        checks: decision.checks.map(({ rule, allows }) => ({ rule, allows })),
        instrument: payment.instrument,
        match: isCustomerVerified && payment.matchedBy !== 'ticket_field' ? 'verified' : matchOf(payment.matchedBy),
        description: payment.description,
        dispute:
          against !== null
            ? {
                isLost: against.state === 'lost',
                reason: against.reason,
                evidenceDueBy: against.state === 'lost' ? null : (against.evidenceDueBy?.toISOString() ?? null),
                evidence:
                  against.state === 'lost'
                    ? []
                    : await readEvidence(tx, inForce, {
                        ticketId: ticket.id,
                        payment: found.payment,
                        dispute: against.id,
                        reason: against.reason,
                      }),
              }
            : null,
      });
    }
    return shown;
  }, AT_ONE_MOMENT);
}

const AT_ONE_MOMENT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

async function readRefunds(
  { db, policy }: PaymentsCallDeps,
  ticket: Row,
  agent: Agent,
): Promise<TicketPayments['refunds']> {
  const ofCustomer = ticket.requesterId === null ? undefined : eq(tickets.requesterId, ticket.requesterId);
  const rows = await db
    .select({ refund: paymentRefunds, of: tickets, by: people.name })
    .from(paymentRefunds)
    .innerJoin(tickets, eq(tickets.id, paymentRefunds.ticketId))
    .leftJoin(people, eq(people.id, paymentRefunds.agentId))
    .where(or(eq(paymentRefunds.ticketId, ticket.id), ofCustomer))
    .orderBy(desc(paymentRefunds.startedAt))
    .limit(MOST_REFUNDS);
  return rows
    .filter(({ of }) => maySee(agent, of))
    .map(({ refund, by }) => ({
      requestId: refund.requestId,
      ticketId: refund.ticketId,
      amount: { minor: refund.amountMinor, currency: refund.currency },
      instrument: refund.instrument,
      reasonCode: nameOfReasonCode(policy.current().policy, refund.reasonCode),
      by: agentName(by, refund.agentId),
      at: refund.startedAt.toISOString(),
      state: refund.state,
      providerRef: refund.providerRef,
      refusedBecause: refund.refusedBecause,
    }));
}
