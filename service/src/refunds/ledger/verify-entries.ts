// Replays the ledger of refunds and reports everything in it that cannot be: for auditors, from the database or an export.
import { accountsOf, type Entry, FIRST_PREVIOUS_HASH, hashEntry } from './entry.ts';

interface LedgerProblem {
  readonly seq: number;
  readonly problem: string;
}

export interface Verification {
  readonly entries: number;
  /** The last entry's hash: with an earlier one kept elsewhere it shows that nothing was cut off or written anew. Null: no entries. */
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** At most `MOST_PROBLEMS`, in the order of the entries. */
  readonly problems: readonly LedgerProblem[];
  readonly problemCount: number;
  /** By currency, minor units. `refundable` and `pending` are never negative; the four add up to zero. */
  readonly totals: Readonly<Record<string, Totals>>;
  /** Refunds of which nobody knows yet whether the provider made them. */
  readonly pending: readonly { readonly requestId: string; readonly amountMinor: number; readonly currency: string }[];
}

interface Totals {
  readonly paid: number;
  readonly refundable: number;
  readonly pending: number;
  readonly refunded: number;
}

const MOST_PROBLEMS = 100;

const MONEY = ['amountMinor', 'currency', 'payment'] as const;
/** Those who have a limit: what comes back of a refund must not make room under the limit of another. */
const LIMITED_BY = ['day', 'agentId', 'customer', 'ticketId'] as const;

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
  private readonly problems: LedgerProblem[] = [];
  private problemCount = 0;
  private readonly balances = new Map<string, number>();
  private readonly currencyOf = new Map<string, string>();
  /** Payments, and refunds of the provider, that were entered. */
  private readonly entered = new Set<string>();
  private readonly requests = new Map<string, Request>();
  /** Refunds made outside, by the provider's id. */
  private readonly outside = new Map<string, { readonly entry: Entry; isBack: boolean }>();
  private readonly totals = new Map<string, { paid: number; refundable: number; pending: number; refunded: number }>();
  private last: Entry | null = null;
  private count = 0;

  take(entry: Entry): void {
    this.checkChain(entry);
    this.checkAmount(entry);
    this.checkOnce(entry);
    this.checkRequest(entry);
    this.move(entry);
    this.last = entry;
    this.count += 1;
  }

  private checkChain(entry: Entry): void {
    const seq = (this.last?.seq ?? 0) + 1;
    if (entry.seq !== seq) this.report(entry, `its number should be ${seq}: entries are missing, or stand twice`);
    if (entry.previousHash !== (this.last?.hash ?? FIRST_PREVIOUS_HASH))
      this.report(entry, 'it does not follow the entry before it: one of the two was changed, or entries are missing');
    if (hashEntry(entry) !== entry.hash) this.report(entry, 'it was changed after it was written: its hash differs');
  }

  private checkAmount(entry: Entry): void {
    if (!Number.isSafeInteger(entry.amountMinor) || entry.amountMinor <= 0)
      this.report(entry, `its amount is not a positive integer of minor units: ${entry.amountMinor}`);
    if (!/^[A-Z]{3}$/.test(entry.currency))
      this.report(entry, `its currency is not three capital letters: ${JSON.stringify(entry.currency.slice(0, 40))}`);
    const known = this.currencyOf.get(entry.payment);
    if (known === undefined) this.currencyOf.set(entry.payment, entry.currency);
    else if (known !== entry.currency)
      this.report(entry, `it is in ${entry.currency}, and payment ${entry.payment} in ${known}`);
  }

  private checkOnce(entry: Entry): void {
    const { kind, payment, providerRef } = entry;
    const isRefund = (kind === 'confirmed' || kind === 'outside') && providerRef !== null;
    if (kind !== 'payment' && !isRefund) return;
    const what = isRefund ? `refund ${providerRef} of payment ${payment}` : `payment ${payment}`;
    if (this.entered.has(what)) this.report(entry, `${what} was entered already`);
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
      this.report(entry, `${kind} without a request`);
      return;
    }
    const request = this.requests.get(requestId);
    if (kind === 'reserved') {
      if (request) this.report(entry, `request ${requestId} was reserved already`);
      else this.requests.set(requestId, { reserved: entry, state: 'pending' });
      return;
    }
    if (!request) {
      this.report(entry, `request ${requestId} was never reserved`);
      return;
    }
    const { reserved } = request;
    if (MONEY.some((part) => reserved[part] !== entry[part]))
      this.report(entry, `it is of another amount or payment than what request ${requestId} reserved`);
    if (LIMITED_BY.some((part) => reserved[part] !== entry[part]))
      this.report(
        entry,
        `it counts for another day, agent, customer or ticket than what request ${requestId} reserved`,
      );
    const expected = kind === 'reversed' ? 'confirmed' : 'pending';
    if (request.state !== expected)
      this.report(entry, `${kind}, but request ${requestId} was ${request.state} already`);
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
      this.report(entry, `refund ${providerRef} of payment ${payment} was never entered`);
      return;
    }
    if ([...MONEY, ...LIMITED_BY].some((part) => made.entry[part] !== entry[part]))
      this.report(entry, `it is of another amount than refund ${providerRef}, or counts elsewhere`);
    if (made.isBack) this.report(entry, `refund ${providerRef} came back already`);
    made.isBack = true;
  }

  private move(entry: Entry): void {
    const { from, to } = accountsOf(entry);
    this.add(from, -entry.amountMinor, entry);
    this.add(to, entry.amountMinor, entry);
    if ((this.balances.get(from) ?? 0) < 0 && /^(?:payment|pending):/.test(from))
      this.report(entry, `more left ${from} than was there: ${-(this.balances.get(from) ?? 0)} too much`);
  }

  private add(account: string, amount: number, { currency }: Entry): void {
    this.balances.set(account, (this.balances.get(account) ?? 0) + amount);
    const totals = this.totals.get(currency) ?? { paid: 0, refundable: 0, pending: 0, refunded: 0 };
    this.totals.set(currency, totals);
    const [part] = account.split(':', 1);
    totals[part === 'payment' ? 'refundable' : (part as 'paid' | 'pending' | 'refunded')] += amount;
  }

  private report({ seq }: Entry, problem: string): void {
    this.problemCount += 1;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ seq, problem });
  }

  result(): Verification {
    return {
      entries: this.count,
      head: this.last && { seq: this.last.seq, hash: this.last.hash },
      problems: this.problems,
      problemCount: this.problemCount,
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
    };
  }
}
