// What the guidance for one category holds before it is filled in for a ticket.
import { createHash } from 'node:crypto';
import type { GuidanceBlock, Step } from '@deskwright/shared/contract';

/** One category's Markdown, parsed. Steps in `blocks` are not done by anybody, and `reply` blocks still hold their placeholders. */
export interface Guidance {
  readonly title: string;
  readonly blocks: readonly GuidanceBlock[];
  /** How many steps there are. */
  readonly steps: number;
}

/** By category id; a category without guidance is missing. */
export type GuidanceByCategory = ReadonlyMap<string, Guidance>;

/** What is wrong at a place in a guidance file, before it is known on which line that is. */
export interface GuidanceProblem {
  readonly severity: 'error' | 'warning';
  /** In the text, from 0, in code units. */
  readonly offset: number;
  /** A sentence without full stop. */
  readonly message: string;
  readonly allowed?: readonly string[];
  readonly didYouMean?: string;
}

/** All steps in the order of the file, those inside other steps and quotes too. */
export function stepsOf(blocks: readonly GuidanceBlock[]): Step[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'quote') return stepsOf(block.blocks);
    if (block.kind !== 'list') return [];
    return block.items.flatMap((item) => [...(item.kind === 'step' ? [item] : []), ...stepsOf(item.blocks)]);
  });
}

/**
 * Names steps one after the other. A step's id depends on its words alone (capitals, spaces and signs aside), and on how
 * many steps above have the same words; so ticks stay where they are when other steps are added, moved or taken away.
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
