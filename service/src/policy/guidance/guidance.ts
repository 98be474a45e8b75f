// What does the guidance for one category hold, before it is filled in for a ticket?
import type { GuidanceBlock } from '@deskwright/shared/contract';

/** One category's Markdown, read. Steps in `blocks` are not done by anybody, and `reply` blocks still hold their placeholders. */
export interface Guidance {
  readonly title: string;
  readonly blocks: readonly GuidanceBlock[];
  /** How many steps there are. */
  readonly steps: number;
}

/** By category id; a category without guidance is missing. */
export type GuidanceByCategory = ReadonlyMap<string, Guidance>;
