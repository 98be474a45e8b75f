// Replays what was used of the limits of agents, customers and tickets, as `USED` of read-balances.ts sums it.
import type { Entry } from './entry.ts';

/** What was used: of an agent's or a customer's local day, or of a ticket. Limits by customer add up days. */
export interface UsedBalance {
  readonly of: 'agent' | 'customer' | 'ticket';
  /** The agent's or ticket's number, or the customer's random name. */
  readonly id: number | string;
  /** Null: of a ticket. */
  readonly day: string | null;
  readonly currency: string;
  readonly usedMinor: number;
}

const SIGNS: Readonly<Partial<Record<Entry['kind'], 1 | -1>>> = { reserved: 1, outside: 1, released: -1, reversed: -1 };

export class LimitReplay {
  private readonly used = new Map<string, UsedBalance>();

  /** @returns those that are below zero after it */
  take(entry: Entry): readonly UsedBalance[] {
    const sign = SIGNS[entry.kind];
    if (sign === undefined) return [];
    const { agentId, approvedBy, customer, ticketId, day } = entry;
    const of = [
      // What was approved counts for the approver alone.
      { of: 'agent', id: approvedBy ?? agentId, day },
      { of: 'customer', id: customer, day },
      { of: 'ticket', id: ticketId, day: null },
    ] as const;
    return of.flatMap(({ id, ...rest }) => {
      if (id === null) return [];
      const balance = this.add({ ...rest, id, currency: entry.currency }, sign * entry.amountMinor);
      return balance.usedMinor < 0 ? [balance] : [];
    });
  }

  private add(of: Omit<UsedBalance, 'usedMinor'>, amountMinor: number): UsedBalance {
    const key = JSON.stringify([of.of, of.id, of.day, of.currency]);
    const balance = { ...of, usedMinor: (this.used.get(key)?.usedMinor ?? 0) + amountMinor };
    this.used.set(key, balance);
    return balance;
  }

  result(): readonly UsedBalance[] {
    return [...this.used.values()];
  }
}

/** `agent 7 on 2026-03-01`, `ticket 42`. */
export const nameBalance = ({ of, id, day }: Pick<UsedBalance, 'of' | 'id' | 'day'>): string =>
  `${of} ${id}${day === null ? '' : ` on ${day}`}`;
