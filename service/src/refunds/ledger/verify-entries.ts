// Replays the ledger of refunds and reports everything in it that cannot be: for auditors, from the database or an export.
import { ChainCheck, type Checked, notACurrency } from './chain-check.ts';
import { accountsOf, type Entry, hashEntry } from './entry.ts';

export interface Verification extends Checked {
  /** By currency, minor units. `refundable` and `pending` are never negative; the four add up to zero. */
  readonly totals: Readonly<Record<string, Totals>>;
  /** Refunds of which nobody knows yet whether the provider made them. */
  readonly pending: readonly { readonly requestId: string; readonly amountMinor: number; readonly currency: string }[];
  /** What was used of the limits, never negative. */
  readonly used: readonly UsedBalance[];
}

interface Totals {
  readonly paid: number;
  readonly refundable: number;
  readonly pending: number;
  readonly refunded: number;
}

const MONEY = ['amountMinor', 'currency', 'payment'] as const;
/** Those who have a limit: what comes back of a refund must not make room under the limit of another. */
const LIMITED_BY = ['day', 'agentId', 'approvedBy', 'customer', 'ticketId'] as const;

/** What is known of one refund while replaying. */
interface Request {
  readonly reserved: Entry;
  state: 'pending' | 'confirmed' | 'released' | 'reversed';
}

/** @param entries in the order of the ledger, from the first one */
export async function verifyEntries(entries: AsyncIterable<Entry> | Iterable<Entry>): Promise<Verification> {
  const replay = new Replay();
  for await (const entry of entries) replay.take(entry);
  return replay.result();
}

class Replay {
  private readonly check = new ChainCheck();
  private readonly limits = new LimitReplay();
  private readonly balances = new Map<string, number>();
  private readonly currencyOf = new Map<string, string>();
  /** Payments, and refunds of the provider, that were entered. */
  private readonly entered = new Set<string>();
  private readonly requests = new Map<string, Request>();
  /** Refunds made outside, by the provider's id. */
  private readonly outside = new Map<string, { readonly entry: Entry; isBack: boolean }>();
  private readonly totals = new Map<string, { paid: number; refundable: number; pending: number; refunded: number }>();

  take(entry: Entry): void {
    this.check.follows(entry, hashEntry(entry));
    this.checkAmount(entry);
    this.checkOnce(entry);
    this.checkRequest(entry);
    this.move(entry);
    for (const below of this.limits.take(entry))
      this.check.report(entry, `more comes back of ${nameBalance(below)} than counted: ${-below.usedMinor} too much`);
  }

  private checkAmount(entry: Entry): void {
    if (!Number.isSafeInteger(entry.amountMinor) || entry.amountMinor <= 0)
      this.check.report(entry, `its amount is not a positive integer of minor units: ${entry.amountMinor}`);
    const odd = notACurrency(entry.currency);
    if (odd !== null) this.check.report(entry, odd);
    const known = this.currencyOf.get(entry.payment);
    if (known === undefined) this.currencyOf.set(entry.payment, entry.currency);
    else if (known !== entry.currency)
      this.check.report(entry, `it is in ${entry.currency}, and payment ${entry.payment} in ${known}`);
  }

  private checkOnce(entry: Entry): void {
    const { kind, payment, providerRef } = entry;
    const isRefund = (kind === 'confirmed' || kind === 'outside') && providerRef !== null;
    if (kind !== 'payment' && !isRefund) return;
    const what = isRefund ? `refund ${providerRef} of payment ${payment}` : `payment ${payment}`;
    if (this.entered.has(what)) this.check.report(entry, `${what} was entered already`);
    this.entered.add(what);
  }

  private checkRequest(entry: Entry): void {
    const { kind, requestId } = entry;
    if (kind === 'payment') return;
    if (kind === 'outside' || (kind === 'reversed' && requestId === null)) {
      this.checkOutside(entry);
      return;
    }
    if (requestId === null) {
      this.check.report(entry, `${kind} without a request`);
      return;
    }
    const request = this.requests.get(requestId);
    if (kind === 'reserved') {
      if (request) this.check.report(entry, `request ${requestId} was reserved already`);
      else this.requests.set(requestId, { reserved: entry, state: 'pending' });
      return;
    }
    if (!request) {
      this.check.report(entry, `request ${requestId} was never reserved`);
      return;
    }
    const { reserved } = request;
    if (MONEY.some((part) => reserved[part] !== entry[part]))
      this.check.report(entry, `it is of another amount or payment than what request ${requestId} reserved`);
    if (LIMITED_BY.some((part) => reserved[part] !== entry[part]))
      this.check.report(
        entry,
        `it counts for another day, agent, approver, customer or ticket than what request ${requestId} reserved`,
      );
    const expected = kind === 'reversed' ? 'confirmed' : 'pending';
    if (request.state !== expected)
      this.check.report(entry, `${kind}, but request ${requestId} was ${request.state} already`);
    request.state = kind;
  }

  /** One that was made outside comes back at most once, as it was entered. */
  private checkOutside(entry: Entry): void {
    const { kind, payment, providerRef } = entry;
    const name = JSON.stringify([payment, providerRef]);
    if (kind === 'outside') {
      if (providerRef !== null) this.outside.set(name, { entry, isBack: false });
      return;
    }
    const made = this.outside.get(name);
    if (made === undefined) {
      this.check.report(entry, `refund ${providerRef} of payment ${payment} was never entered`);
      return;
    }
    if ([...MONEY, ...LIMITED_BY].some((part) => made.entry[part] !== entry[part]))
      this.check.report(entry, `it is of another amount than refund ${providerRef}, or counts elsewhere`);
    if (made.isBack) this.check.report(entry, `refund ${providerRef} came back already`);
    made.isBack = true;
  }

  private move(entry: Entry): void {
    const { from, to } = accountsOf(entry);
    this.add(from, -entry.amountMinor, entry);
    this.add(to, entry.amountMinor, entry);
    if ((this.balances.get(from) ?? 0) < 0 && /^(?:payment|pending):/.test(from))
      this.check.report(entry, `more left ${from} than was there: ${-(this.balances.get(from) ?? 0)} too much`);
  }

  private add(account: string, amount: number, { currency }: Entry): void {
    this.balances.set(account, (this.balances.get(account) ?? 0) + amount);
    const totals = this.totals.get(currency) ?? { paid: 0, refundable: 0, pending: 0, refunded: 0 };
    this.totals.set(currency, totals);
    const [part] = account.split(':', 1);
    totals[part === 'payment' ? 'refundable' : (part as 'paid' | 'pending' | 'refunded')] += amount;
  }

  result(): Verification {
    return {
      ...this.check.result(),
      totals: Object.fromEntries([...this.totals].toSorted(([a], [b]) => a.localeCompare(b))),
      pending: [...this.requests].flatMap(
        ([
          requestId,
          {
            state,
            reserved: { amountMinor, currency },
          },
        ]) => (state === 'pending' ? [{ requestId, amountMinor, currency }] : []),
      ),
      used: this.limits.result(),
    };
  }
}

/** What was used: of an agent's or a customer's local day, or of a ticket. Limits by customer add up days. */
interface UsedBalance {
  readonly of: 'agent' | 'customer' | 'ticket';
  /** The agent's or ticket's number, or the customer's random name. */
  readonly id: number | string;
  /** Null: of a ticket. */
  readonly day: string | null;
  readonly currency: string;
  readonly usedMinor: number;
}

const SIGNS: Readonly<Partial<Record<Entry['kind'], 1 | -1>>> = { reserved: 1, outside: 1, released: -1, reversed: -1 };

/** What was used of the limits of agents, customers and tickets, as `USED` of read-balances.ts sums it. */
class LimitReplay {
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
