// Replays the books of refunds, to ask at any moment what would have been decided then.
import { localDate, type Policy } from '@deskwright/shared';
import type { AskingForRefund } from '../../decide/refund-decision.ts';
import type { MadeOutside, PastEvent, PastRefund } from './past-refund.ts';

/** What counts for a payment, a ticket and a customer; negative: what came back. */
type Counted = Omit<MadeOutside, 'kind' | 'payment'> & { readonly payment: string | null };

/** What the books say up to the events that were entered; like `ledger/read-balances.ts` of the live ones. */
export function replayBooks({ time_zone: timeZone }: Pick<Policy, 'time_zone'>) {
  const payments = new Map<string, number>();
  const agentDays = new Map<string, number>();
  const tickets = new Map<string, number>();
  const customers = new Map<string, Map<string, number>>();
  const same = new Map<string, number>();
  /** Who got refunds on a ticket or of a payment. */
  const gotThere = new Map<string, Set<string>>();
  const open = new Map<string, PastRefund>();
  const dayOf = ({ day, at }: PastRefund): string => day ?? localDate(at, timeZone);

  function count({ amount, currency, day, ticket, customer, payment }: Counted): void {
    if (payment !== null) add(payments, payment, amount);
    if (ticket !== null) add(tickets, keyOf(ticket, currency), amount);
    if (customer === null) return;
    const key = keyOf(customer, currency);
    const days = customers.get(key) ?? new Map<string, number>();
    add(days, day, amount);
    customers.set(key, days);
  }

  function countRefund(refund: PastRefund, sign: 1 | -1): void {
    const { currency, agent, approvedBy, payment } = refund;
    const day = dayOf(refund);
    const amount = sign * refund.amount;
    add(agentDays, keyOf(approvedBy ?? agent.key, day, currency), amount);
    count({ ...refund, amount, day, payment: payment?.name ?? null });
    for (const key of samesOf(refund)) add(same, key, sign);
  }

  function enterPlaces(places: readonly string[], customer: string | null): void {
    for (const place of places) {
      const there = gotThere.get(place) ?? new Set<string>();
      if (customer !== null) there.add(customer);
      gotThere.set(place, there);
    }
  }

  return {
    enter: (event: PastEvent): void => {
      if (event.kind === 'outside') {
        count(event);
        enterPlaces(placesNamed(event.ticket, event.payment), event.customer);
      } else if (event.kind === 'refund') {
        open.set(event.id, event);
        countRefund(event, 1);
        enterPlaces(placesOf(event), event.customer);
      } else {
        const refund = open.get(event.id);
        open.delete(event.id);
        if (refund) countRefund(refund, -1);
      }
    },
    /** The facts of a refund that is asked for now, before it is entered. Who made it again is taken to have confirmed it. */
    asking: (refund: PastRefund, policy: Policy, currency: string): AskingForRefund => {
      const { amount, agent, category, ticket, customer, payment, isVerified } = refund;
      const today = dayOf(refund);
      const { email, role } = agent;
      return {
        amount,
        currency: refund.currency,
        agent: { email, role, tiers: agent.tiersIn(policy) },
        category,
        payment: payment && {
          paid: payment.paid,
          refunded: payment.refundedBefore + (payments.get(payment.name) ?? 0),
          currency: payment.currency,
          paidOn: payment.paidOn,
          isDisputed: false,
        },
        today,
        used: {
          today: agentDays.get(keyOf(agent.key, today, currency)) ?? 0,
          // Another customer on the ticket makes no room.
          customer: [
            ...new Set([customer ?? '', ...placesOf(refund).flatMap((place) => [...(gotThere.get(place) ?? [])])]),
          ]
            .flatMap((one) => [...(customers.get(keyOf(one, currency)) ?? [])])
            .map(([day, used]) => ({ day, amount: used })),
          ticket: tickets.get(keyOf(ticket ?? '', currency)) ?? 0,
        },
        isVerified,
        isSameAgain: samesOf(refund).some((key) => (same.get(key) ?? 0) > 0),
        isConfirmed: true,
      };
    },
    dayOf,
  };
}

const keyOf = (...parts: readonly string[]): string => parts.join('\n');

const placesOf = ({ ticket, payment }: PastRefund): string[] => placesNamed(ticket, payment?.name ?? null);

const placesNamed = (ticket: string | null, payment: string | null): string[] => [
  ...(ticket === null ? [] : [keyOf('ticket', ticket)]),
  ...(payment === null ? [] : [keyOf('payment', payment)]),
];

const samesOf = ({ amount, currency, ticket, payment }: PastRefund): string[] => [
  ...(ticket === null ? [] : [keyOf('ticket', ticket, currency, String(amount))]),
  ...(payment === null ? [] : [keyOf('payment', payment.name, currency, String(amount))]),
];

function add(to: Map<string, number>, key: string, amount: number): void {
  to.set(key, (to.get(key) ?? 0) + amount);
}
