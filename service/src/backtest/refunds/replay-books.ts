// Replays the books of refunds, to ask at any moment what would have been decided then.
import { localDate, type Policy } from '@deskwright/shared';
import type { AskingForRefund } from '../../decide/refund-decision.ts';
import type { PastEvent, PastRefund } from './past-refund.ts';

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

  function count(refund: PastRefund, sign: 1 | -1): void {
    const { amount, currency, agent, approvedBy, ticket, customer, payment } = refund;
    const day = dayOf(refund);
    const signed = sign * amount;
    add(agentDays, keyOf(approvedBy ?? agent.key, day, currency), signed);
    if (payment !== null) add(payments, payment.name, signed);
    if (ticket !== null) add(tickets, keyOf(ticket, currency), signed);
    if (customer !== null) {
      const key = keyOf(customer, currency);
      const days = customers.get(key) ?? new Map<string, number>();
      add(days, day, signed);
      customers.set(key, days);
    }
    for (const key of samesOf(refund)) add(same, key, sign);
  }

  return {
    enter: (event: PastEvent): void => {
      if (event.kind === 'outside') add(payments, event.payment, event.amount);
      else if (event.kind === 'refund') {
        open.set(event.id, event);
        count(event, 1);
        for (const place of placesOf(event)) {
          const there = gotThere.get(place) ?? new Set<string>();
          if (event.customer !== null) there.add(event.customer);
          gotThere.set(place, there);
        }
      } else {
        const refund = open.get(event.id);
        open.delete(event.id);
        if (refund) count(refund, -1);
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

const placesOf = ({ ticket, payment }: PastRefund): string[] => [
  ...(ticket === null ? [] : [keyOf('ticket', ticket)]),
  ...(payment === null ? [] : [keyOf('payment', payment.name)]),
];

const samesOf = ({ amount, currency, ticket, payment }: PastRefund): string[] => [
  ...(ticket === null ? [] : [keyOf('ticket', ticket, currency, String(amount))]),
  ...(payment === null ? [] : [keyOf('payment', payment.name, currency, String(amount))]),
];

function add(to: Map<string, number>, key: string, amount: number): void {
  to.set(key, (to.get(key) ?? 0) + amount);
}
