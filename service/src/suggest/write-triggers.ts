// Turns learnt groups of words into triggers that a person would write.
import type { Policy } from '@deskwright/shared';
import type { WordGroup } from './learn-groups.ts';
import { freeId, toId } from './name-categories.ts';

type Trigger = Policy['triggers'][number];

const LONGEST_ID = 80;
const LONGEST_TITLE = 100;
/** Words of a title. */
const NAMED = 2;

/** Triggers in the order of the groups, with ids that the policy does not have. */
export function writeTriggers(groups: readonly WordGroup[], { categories, triggers }: Policy): Trigger[] {
  const taken = new Set(triggers.map(({ id }) => id));
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  return groups.map(({ category, phrases }) => {
    const words = phrases.slice(0, NAMED).map((phrase) => phrase.replace(/[*~]/g, ''));
    const base = category.replaceAll('_', '-');
    const id = freeId(`${base}-${toId(words[0] ?? '', 'words', '-')}`, taken, LONGEST_ID, '-');
    taken.add(id);
    const title = `${names.get(category) ?? category}: ${words.join(', ')}`;
    return {
      id,
      title: title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title,
      conditions: { any: [{ field: 'text', operator: 'includes_any', value: [...phrases] }] },
      actions: { category },
    };
  });
}
