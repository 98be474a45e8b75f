// Writes what changed with each launch that somebody marked.
import type { Block, Section } from '../engine/report.ts';
import { counted, trimmed, writeMoment } from '../engine/words.ts';
import type { LaunchMark, SupportData } from './read-support-data.ts';

/** The categories with the largest change. */
const MOST_CATEGORIES = 5;

export function marksSection({ marks, policy }: Pick<SupportData, 'marks' | 'policy'>): Section | null {
  if (marks.length === 0) return null;
  const names = new Map(policy.categories.map(({ id, name }) => [id, name]));
  return {
    id: 'launches',
    title: 'Launches and changes',
    headline: null,
    blocks: marks.flatMap((mark) => blocksOf(mark, policy.time_zone, names)),
  };
}

/** What marks itself has no text for people. */
const TEXTS: Partial<Record<LaunchMark['kind'], string>> = {
  installed: 'Deskwright was installed',
  policy: 'The policy changed',
};

function blocksOf(
  { at, kind, text, effect }: LaunchMark,
  timeZone: string,
  names: ReadonlyMap<string, string>,
): Block[] {
  const head = `${writeMoment(new Date(at), timeZone)}: ${TEXTS[kind] ?? text}.`;
  switch (effect?.state) {
    case undefined:
      return [{ kind: 'list', items: [head] }];
    case 'too_early':
      return [{ kind: 'list', items: [`${head} Too early to say what it changed; known from ${effect.knownFrom}.`] }];
    case 'no_before':
      return [{ kind: 'list', items: [`${head} What it changed is not known: the days before are not recorded.`] }];
    case 'known': {
      const changed = effect.effect.filter(({ before, after }) => before !== after).slice(0, MOST_CATEGORIES);
      const basis = `Tickets a day in ${counted(effect.days, 'day')} before and after, the same weekdays:`;
      if (changed.length === 0) return [{ kind: 'list', items: [`${head} No category changed.`] }];
      return [
        { kind: 'list', items: [`${head} ${basis}`] },
        {
          kind: 'table',
          table: {
            columns: [
              { title: 'Category' },
              { title: 'Before', isNumber: true },
              { title: 'After', isNumber: true },
              { title: 'Change', isNumber: true },
            ],
            rows: changed.map(({ category, before, after }) => [
              { text: names.get(category) ?? category },
              { text: trimmed(before, 1), value: before },
              { text: trimmed(after, 1), value: after },
              { text: `${after > before ? '+' : ''}${trimmed(after - before, 1)}`, value: after - before },
            ]),
          },
        },
      ];
    }
  }
}
