// Replays the books of goodwill and reports everything in them that cannot be: for auditors, from the database or an export.
import { createHash } from 'node:crypto';
import { ChainCheck, type Checked, notACurrency } from '../ledger/chain-check.ts';
import type { GoodwillEntry } from './tables.ts';

/** What the chain covers: not the database's own id. */
export type ChainedGoodwill = Omit<GoodwillEntry, 'id'>;

export interface GoodwillVerification extends Checked {
  /** By currency, minor units; `given` less `takenBack` is what was given for good. Neither is ever negative. */
  readonly totals: Readonly<Record<string, { readonly given: number; readonly takenBack: number }>>;
  readonly budgets: readonly BudgetBalance[];
}

/** What was used of an agent's budget of a local day, minor units, or how many of one item were given in a month. */
type BudgetBalance =
  | { readonly agentId: number; readonly day: string; readonly currency: string; readonly usedMinor: number }
  | { readonly agentId: number; readonly month: string; readonly item: string; readonly count: number };

/** SHA-256, in hexadecimal, of the JSON array of all values in this order, written as PostgreSQL does: with a space after each comma. @internal */
export function hashGoodwillEntry(entry: Omit<ChainedGoodwill, 'hash'>): string {
  const values = [
    entry.seq,
    entry.previousHash,
    entry.kind,
    entry.requestId,
    entry.item,
    entry.itemKind,
    entry.valueMinor,
    entry.currency,
    entry.ticketId,
    entry.agentId,
    entry.customer,
    entry.day,
    entry.budgetMinor,
    entry.perMonth,
    entry.rule,
    entry.policyHash,
    entry.at.toISOString(),
  ];
  const json = `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
  return createHash('sha256').update(json).digest('hex');
}

/** What an entry that takes back has from the one that gave. */
const AS_GIVEN = [
  'item',
  'itemKind',
  'valueMinor',
  'currency',
  'ticketId',
  'agentId',
  'customer',
  'day',
  'budgetMinor',
  'perMonth',
] as const satisfies readonly (keyof ChainedGoodwill)[];

/** @param entries in the order of the books, from the first one */
export async function verifyGoodwill(
  entries: AsyncIterable<ChainedGoodwill> | Iterable<ChainedGoodwill>,
): Promise<GoodwillVerification> {
  const replay = new Replay();
  for await (const entry of entries) replay.take(entry);
  return replay.result();
}

class Replay {
  private readonly check = new ChainCheck();
  private readonly given = new Map<string, { readonly entry: ChainedGoodwill; isBack: boolean }>();
  private readonly totals = new Map<string, { given: number; takenBack: number }>();
  private readonly ofDays = new Map<string, Extract<BudgetBalance, { day: string }>>();
  private readonly ofMonths = new Map<string, Extract<BudgetBalance, { month: string }>>();

  take(entry: ChainedGoodwill): void {
    this.check.follows(entry, hashGoodwillEntry(entry));
    if (!Number.isSafeInteger(entry.valueMinor) || entry.valueMinor < 0)
      this.check.report(entry, `its value is not an integer of minor units from 0 on: ${entry.valueMinor}`);
    const odd = notACurrency(entry.currency);
    if (odd !== null) this.check.report(entry, odd);
    this.checkRequest(entry);
    this.count(entry);
  }

  private checkRequest(entry: ChainedGoodwill): void {
    const { kind, requestId } = entry;
    const given = this.given.get(requestId);
    if (kind === 'given') {
      if (given) this.check.report(entry, `request ${requestId} was given already`);
      else this.given.set(requestId, { entry, isBack: false });
      return;
    }
    if (!given) {
      this.check.report(entry, `request ${requestId} was never given`);
      return;
    }
    if (AS_GIVEN.some((part) => given.entry[part] !== entry[part]))
      this.check.report(entry, `it is not what request ${requestId} gave, or counts elsewhere`);
    if (given.isBack) this.check.report(entry, `request ${requestId} was taken back already`);
    given.isBack = true;
  }

  private count(entry: ChainedGoodwill): void {
    const { kind, agentId, day, currency, item, valueMinor, budgetMinor, perMonth } = entry;
    const isGiven = kind === 'given';
    const totals = this.totals.get(currency) ?? { given: 0, takenBack: 0 };
    totals[isGiven ? 'given' : 'takenBack'] += valueMinor;
    this.totals.set(currency, totals);
    const sign = isGiven ? 1 : -1;
    if (budgetMinor !== null) {
      const key = JSON.stringify([agentId, day, currency]);
      const usedMinor = (this.ofDays.get(key)?.usedMinor ?? 0) + sign * valueMinor;
      this.ofDays.set(key, { agentId, day, currency, usedMinor });
      this.checkBalance(entry, usedMinor, budgetMinor, `the budget of agent ${agentId} on ${day}`);
    }
    const month = day.slice(0, 7);
    const key = JSON.stringify([agentId, month, item]);
    const count = (this.ofMonths.get(key)?.count ?? 0) + sign;
    this.ofMonths.set(key, { agentId, month, item, count });
    this.checkBalance(entry, count, perMonth, `the number of ${JSON.stringify(item)} by agent ${agentId} in ${month}`);
  }

  /** What the policy allowed at that moment stands in the entry. */
  private checkBalance(entry: ChainedGoodwill, used: number, limit: number | null, what: string): void {
    if (used < 0) this.check.report(entry, `more was taken back of ${what} than was given`);
    else if (entry.kind === 'given' && limit !== null && used > limit)
      this.check.report(entry, `more was given of ${what} than it allowed: ${used} of ${limit}`);
  }

  result(): GoodwillVerification {
    return {
      ...this.check.result(),
      totals: Object.fromEntries([...this.totals].toSorted(([a], [b]) => a.localeCompare(b))),
      budgets: [...this.ofDays.values(), ...this.ofMonths.values()],
    };
  }
}
