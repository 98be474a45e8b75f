// The guidance of one category, before it is filled in for a ticket.
import { createHash } from 'node:crypto';
import type { GuidanceBlock, Step } from '@deskwright/shared/contract';

/** One category's Markdown, parsed. No step in `blocks` is done, and `reply` blocks still contain placeholders. */
export interface Guidance {
  readonly title: string;
  readonly blocks: readonly GuidanceBlock[];
  /** The number of steps. */
  readonly steps: number;
}

/** By category id; categories without guidance are absent. */
export type GuidanceByCategory = ReadonlyMap<string, Guidance>;

/** A problem at an offset of a guidance file, before its line is known. */
export interface GuidanceProblem {
  readonly severity: 'error' | 'warning';
  /** In the text, from 0, in code units. */
  readonly offset: number;
  /** A sentence without full stop. */
  readonly message: string;
  readonly allowed?: readonly string[];
  readonly didYouMean?: string;
}

/** All steps in the order of the file, including those inside other steps and quotes. */
export function stepsOf(blocks: readonly GuidanceBlock[]): Step[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'quote') return stepsOf(block.blocks);
    if (block.kind !== 'list') return [];
    return block.items.flatMap((item) => [...(item.kind === 'step' ? [item] : []), ...stepsOf(item.blocks)]);
  });
}

/**
 * Gives steps their ids. An id depends only on the step's words (ignoring case, spaces and punctuation) and on how
 * many earlier steps have the same words, so steps stay done when others are added, moved or removed.
 */
export function createStepIds(): (words: string) => string {
  const seen = new Map<string, number>();
  return (words) => {
    const plain = words
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
    return count === 1 ? hash : `${hash}-${count}`;
  };
}
