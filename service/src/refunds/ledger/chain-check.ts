// Checks that entries follow one another by number and hash, and collects what cannot be: for the ledger and the books of goodwill.

export interface EntryProblem {
  readonly seq: number;
  readonly problem: string;
}

/** An entry of a chain. */
export interface Chained {
  /** From 1, without gaps. */
  readonly seq: number;
  /** The hash of the entry before it, in hexadecimal; of the first one 64 zeros. */
  readonly previousHash: string;
  readonly hash: string;
}

export interface Checked {
  readonly entries: number;
  /** The last entry's hash: with an earlier one kept elsewhere it shows that nothing was cut off or written anew. Null: no entries. */
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** At most `MOST_PROBLEMS`, in the order of the entries. */
  readonly problems: readonly EntryProblem[];
  readonly problemCount: number;
}

export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

const MOST_PROBLEMS = 100;

export class ChainCheck {
  private readonly problems: EntryProblem[] = [];
  private problemCount = 0;
  private last: Chained | null = null;
  private count = 0;

  /** @param hash what the entry's should be */
  follows(entry: Chained, hash: string): void {
    const seq = (this.last?.seq ?? 0) + 1;
    if (entry.seq !== seq) this.report(entry, `its number should be ${seq}: entries are missing, or stand twice`);
    if (entry.previousHash !== (this.last?.hash ?? FIRST_PREVIOUS_HASH))
      this.report(entry, 'it does not follow the entry before it: one of the two was changed, or entries are missing');
    if (hash !== entry.hash) this.report(entry, 'it was changed after it was written: its hash differs');
    this.last = entry;
    this.count += 1;
  }

  report({ seq }: Pick<Chained, 'seq'>, problem: string): void {
    this.problemCount += 1;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ seq, problem });
  }

  result(): Checked {
    return {
      entries: this.count,
      head: this.last && { seq: this.last.seq, hash: this.last.hash },
      problems: this.problems,
      problemCount: this.problemCount,
    };
  }
}

/** What is wrong about a currency; null: it is one. */
export const notACurrency = (currency: string): string | null =>
  /^[A-Z]{3}$/.test(currency)
    ? null
    : `its currency is not three capital letters: ${JSON.stringify(currency.slice(0, 40))}`;
