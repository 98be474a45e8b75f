// Defines a past ticket: the facts on which it is decided again, and the category that people gave it.
import type { Policy, TicketFacts } from '@deskwright/shared';
import { categoriesOf, isFinished } from '../tickets/index.ts';

export interface PastTicket {
  /** As its source names it; null: it has no id. */
  readonly id: string | number | null;
  /** Its position in its source, from 1. */
  readonly row: number;
  /** What `decide` takes, as when the ticket arrived. */
  readonly facts: TicketFacts;
  /** The category that people gave it, as written there; null: none is known. */
  readonly label: string | null;
}

/** Where the category that people gave a ticket is written. */
export type LabelSource =
  | { readonly by: 'column'; readonly names: readonly string[] }
  /** The tag that begins like this. */
  | { readonly by: 'tags'; readonly prefix: string }
  | { readonly by: 'field'; readonly id: string };

export const DEFAULT_LABELS: LabelSource = { by: 'column', names: ['category', 'label'] };

/**
 * Reads `column:intent`, `field:360001` or `tags:reason_`.
 * @throws Error that says what is accepted
 */
export function readLabelSource(text: string): LabelSource {
  const [, by, rest] = /^(column|field|tags):(.+)$/.exec(text.trim()) ?? [];
  if (by === 'column' && rest !== undefined) return { by, names: [rest] };
  if (by === 'tags' && rest !== undefined) return { by, prefix: rest };
  if (by === 'field' && rest !== undefined && /^\d+$/.test(rest)) return { by, id: rest };
  throw new Error(
    `"${text}" names no labels. Write column:NAME (a column or key of the file), field:NUMBER (a custom field) or tags:PREFIX (category__ for tags such as category__refund).`,
  );
}

/** The label of one ticket, as written there. */
export function labelOf(
  { facts, column }: { readonly facts: TicketFacts; readonly column: (name: string) => string | null },
  source: LabelSource,
): string | null {
  switch (source.by) {
    case 'column':
      return textOrNull(source.names.map(column).find((value) => textOrNull(value) !== null) ?? null);
    case 'tags': {
      const tag = facts.tags.find((one) => one.startsWith(source.prefix) && one.length > source.prefix.length);
      return tag === undefined ? null : tag.slice(source.prefix.length);
    }
    case 'field': {
      const value = facts.customFields[source.id] ?? null;
      return typeof value === 'string' || typeof value === 'number' ? textOrNull(String(value)) : null;
    }
  }
}

const textOrNull = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim());

/**
 * Gives the id of the category that a label means: its id, its name or its tag, in any case. Undefined: none of this policy.
 */
export function categoryByLabel({ categories }: Pick<Policy, 'categories'>): (label: string) => string | undefined {
  const fold = (text: string): string =>
    text
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ');
  const byName = new Map(categories.flatMap(({ id, name }) => [[fold(name), id] as const, [fold(id), id] as const]));
  return (label) => byName.get(fold(categoriesOf([label])[0] ?? label));
}

/**
 * The facts as when the ticket arrived. Sources show a solved or closed ticket as it ended, and conditions such as "not yet solved" would
 * leave out every one of them: it is decided as a new ticket whose customer waits. Time has not passed yet, so results do not depend
 * on the day on which a past ticket is decided again.
 */
export function asArrived(facts: TicketFacts): TicketFacts {
  const { createdAt } = facts;
  if (!isFinished(facts.status)) return { ...facts, now: createdAt };
  return { ...facts, now: createdAt, status: 'new', group: null, assignee: null, waitingSince: createdAt };
}
