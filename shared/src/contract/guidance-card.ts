// What does an agent read of the policy's guidance, and which steps are done?
import type { Instant } from './instant.ts';

export interface GuidanceCard {
  readonly categoryId: string;
  readonly title: string;
  readonly blocks: readonly GuidanceBlock[];
  readonly done: number;
  readonly steps: number;
}

/** Guidance is shown from this tree, never from HTML. */
export type GuidanceBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'quote'; readonly blocks: readonly GuidanceBlock[] }
  /** Canned wording: the customer's name is filled in, ready to be put into the reply. */
  | { readonly kind: 'reply'; readonly text: string };

export type ListItem =
  | { readonly kind: 'item'; readonly text: readonly Inline[]; readonly blocks: readonly GuidanceBlock[] }
  | ({ readonly kind: 'step' } & Step);

export interface Step {
  /** Stays the same while the step's words do. */
  readonly id: string;
  readonly text: readonly Inline[];
  /** What belongs to the step: its canned wording, a nested list. */
  readonly blocks: readonly GuidanceBlock[];
  /** Null: not done. */
  readonly doneBy: string | null;
  readonly doneAt: Instant | null;
}

export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  /** `href` is http, https, mailto or tel. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string };
