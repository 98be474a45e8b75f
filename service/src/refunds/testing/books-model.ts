// A model of the books, written apart from the service's: it replays entries one by one, and says which of them should never have been written.
import type { GoodwillEntry } from '../goodwill/tables.ts';
import type { Entry } from '../ledger/entry.ts';

/** In minor units. */
export interface ModelLimits {
  readonly perTicket: number;
  readonly perCustomer: number;
  /** Of goodwill. */
  readonly goodwillPerDay: number;
  /** By the id of the agent. */
  readonly perDay: Readonly<Record<number, number>>;
}

/** What an entry takes from a payment. */
const TAKES: Readonly<Record<Entry['kind'], -1 | 0 | 1>> = {
  payment: -1,
  reserved: 1,
  outside: 1,
  released: -1,
  reversed: -1,
  confirmed: 0,
};

/**
 * What is wrong, each with its entry. A payment has never less than nothing; and after each reservation, nothing is overdrawn of the day of who decided it, of
 * the ticket and of the customer. All customers' entries are within their period.
 */
export function replayRefunds(entries: readonly Entry[], { perTicket, perCustomer, perDay }: ModelLimits): string[] {
  const wrong: string[] = [];
  const used = new Map<string, number>();
  const use = (key: string, amount: number): number => {
    const sum = (used.get(key) ?? 0) + amount;
    used.set(key, sum);
    return sum;
  };
  for (const { seq, kind, payment, agentId, approvedBy, ticketId, customer, day, amountMinor } of entries) {
    const amount = TAKES[kind] * amountMinor;
    const check = (what: string, sum: number, limit: number) => {
      if (sum > limit) wrong.push(`${seq}: ${what} is at ${sum} of ${limit}`);
    };
    check(`payment ${payment}`, use(`payment ${payment}`, amount), 0);
    if (kind === 'payment') continue;
    const isDecided = kind === 'reserved';
    const decidedBy = approvedBy ?? agentId;
    if (decidedBy !== null) {
      const sum = use(`agent ${decidedBy} ${day}`, amount);
      if (isDecided) check(`agent ${decidedBy} on ${day}`, sum, perDay[decidedBy] ?? 0);
    }
    const ofTicket = use(`ticket ${ticketId}`, amount);
    const ofCustomer = use(`customer ${customer}`, amount);
    if (isDecided) {
      check(`ticket ${ticketId}`, ofTicket, perTicket);
      check(`customer ${customer}`, ofCustomer, perCustomer);
    }
  }
  return wrong;
}

/** The same of goodwill, by agent and day. */
export function replayGoodwill(entries: readonly GoodwillEntry[], { goodwillPerDay }: ModelLimits): string[] {
  const used = new Map<string, number>();
  return entries.flatMap(({ id, kind, agentId, day, valueMinor }) => {
    const key = `agent ${agentId} on ${day}`;
    const sum = (used.get(key) ?? 0) + (kind === 'given' ? valueMinor : -valueMinor);
    used.set(key, sum);
    return sum < 0 || sum > goodwillPerDay ? [`goodwill ${id}: ${key} is at ${sum}`] : [];
  });
}
