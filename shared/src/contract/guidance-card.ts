// Declares the guidance for a category, with the steps that are done.
import type { Instant } from './values.ts';

export interface GuidanceCard {
  readonly categoryId: string;
  readonly title: string;
  readonly blocks: readonly GuidanceBlock[];
  readonly done: number;
  readonly steps: number;
}

/** Guidance is rendered from this tree, never from HTML. */
export type GuidanceBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'quote'; readonly blocks: readonly GuidanceBlock[] }
  /** A canned reply with the customer's name filled in. */
  | { readonly kind: 'reply'; readonly text: string };

export type ListItem =
  | { readonly kind: 'item'; readonly text: readonly Inline[]; readonly blocks: readonly GuidanceBlock[] }
  | ({ readonly kind: 'step' } & Step);

export interface Step {
  /** The same as long as the step's text is. */
  readonly id: string;
  readonly text: readonly Inline[];
  /** Content of the step: a canned reply, a nested list. */
  readonly blocks: readonly GuidanceBlock[];
  /** Null: not done. */
  readonly doneBy: string | null;
  readonly doneAt: Instant | null;
}

export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  /** `href` is http, https, mailto or tel. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string };
