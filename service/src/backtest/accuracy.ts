// Compares decided categories with those that people gave.
import { wilsonInterval } from '../figures/intervals.ts';
import type { Pair } from './tally.ts';

/** Shares are from 0 to 1; intervals are Wilson's, at 95 %. */
export interface Share {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly of: number;
}

export interface CategoryAccuracy {
  readonly category: string;
  /** Tickets that people gave this category. */
  readonly labelled: number;
  /** Tickets that the policy gives it. */
  readonly decided: number;
  readonly right: number;
  /** Of the tickets that the policy gives this category, those that people gave it too. Null: there are none. */
  readonly precision: Share | null;
  /** Of the tickets that people gave this category, those that the policy gives it too. Null: there are none. */
  readonly recall: Share | null;
}

export interface Accuracy {
  readonly right: number;
  readonly share: Share | null;
  readonly categories: readonly CategoryAccuracy[];
  /** The most frequent first. */
  readonly confusion: readonly { readonly label: string; readonly decided: string; readonly tickets: number }[];
}

/** @param confusion by label and category, tab between them @param at 0: under the policy in force; 1: under the candidate */
export function accuracyOf(confusion: ReadonlyMap<string, Pair>, at: 0 | 1): Accuracy {
  const cells = [...confusion].flatMap(([key, pair]) => {
    const [label = '', decided = ''] = key.split('\t');
    return pair[at] === 0 ? [] : [{ label, decided, tickets: pair[at] }];
  });
  const sum = (of: typeof cells): number => of.reduce((total, { tickets }) => total + tickets, 0);
  const right = sum(cells.filter(({ label, decided }) => label === decided));
  const names = [...new Set(cells.flatMap(({ label, decided }) => [label, decided]))].toSorted();
  return {
    right,
    share: share(right, sum(cells)),
    categories: names.map((category) => {
      const labelled = sum(cells.filter(({ label }) => label === category));
      const decided = sum(cells.filter((cell) => cell.decided === category));
      const both = sum(cells.filter((cell) => cell.label === category && cell.decided === category));
      return {
        category,
        labelled,
        decided,
        right: both,
        precision: share(both, decided),
        recall: share(both, labelled),
      };
    }),
    confusion: cells.toSorted(
      (a, b) => b.tickets - a.tickets || compare(a.label, b.label) || compare(a.decided, b.decided),
    ),
  };
}

export function share(count: number, of: number): Share | null {
  const interval = wilsonInterval(count, of);
  return interval && { value: count / of, interval, of };
}

/** By code units, which is the same on every machine. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
