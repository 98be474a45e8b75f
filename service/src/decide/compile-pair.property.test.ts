import type { Policy, TicketFacts } from '@deskwright/shared';
import fc from 'fast-check';
import { compilePair } from './compile-pair.ts';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { somePolicy, someTicket } from './testing/arbitraries.ts';
import { aPolicy, aTicket } from './testing/builders.ts';

const numRuns = Number(process.env.FC_RUNS ?? 40);
const marked = somePolicy(['', '~', '*', '~*']);

/** Words that are misspellings of one another, with operators that tell them apart. */
const alike = fc.constantFrom('refund', 'refunds', 'refnd', 'erfund', 'refun');
const oneWord = fc.record({
  field: fc.constantFrom('text', 'subject', 'tags'),
  operator: fc.constantFrom('includes_any', 'includes_all', 'includes_none'),
  value: fc.array(
    fc.tuple(alike, fc.constantFrom('', '~', '~', '*')).map((word) => word.join('')),
    { minLength: 1, maxLength: 2 },
  ),
});
/** As people edit: most triggers stay, so that both policies share conditions; one has words of its own. */
const anEdit = fc
  .tuple(fc.array(oneWord, { minLength: 1, maxLength: 3 }), fc.array(oneWord, { maxLength: 2 }), fc.boolean())
  .map(([kept, own, isAdded]) => {
    const [less, more] = [kept, [...kept, ...own]].map((conditions) =>
      aPolicy(
        conditions.map((condition, at) => ({
          id: `t${at}`,
          title: `Trigger ${at}`,
          conditions: { all: [condition] },
          actions: { category: at % 2 === 0 ? 'refund' : 'bug', add_tags: [`x${at}`] },
        })),
      ),
    ) as [Policy, Policy];
    return isAdded ? ([less, more] as const) : ([more, less] as const);
  });
const alikeTicket = fc
  .record({ subject: alike, description: fc.array(alike, { maxLength: 3 }).map((words) => words.join(' ')) })
  .map(({ subject, description }) => aTicket({ subject, description, comment: description, tags: [subject] }));

function decidesAlike([before, after]: readonly [Policy, Policy], tickets: readonly TicketFacts[]): void {
  const decideBoth = compilePair(before, after);
  const [old, now] = [compilePolicy(before), compilePolicy(after)];
  for (const ticket of tickets)
    expect(decideBoth(ticket).map(inOneOrder)).toEqual([decide(ticket, old), decide(ticket, now)].map(inOneOrder));
}

/** Words that begin at the same place (`straße`, `straße up`) are seen in the order of their policy's words, which a pair numbers together. */
function inOneOrder<Value>(decision: Value): Value {
  return JSON.parse(
    JSON.stringify(decision, (key, value: unknown) =>
      key === 'saw' && Array.isArray(value) ? value.map(String).toSorted() : value,
    ),
  ) as Value;
}

it('decides as each policy alone would, reasons and nearest miss included', () => {
  const pairs = fc.oneof(fc.tuple(somePolicy(['', '*']), somePolicy(['', '*'])), fc.tuple(marked, marked));
  fc.assert(fc.property(pairs, fc.array(someTicket, { minLength: 1, maxLength: 4 }), decidesAlike), { numRuns });
});

it('so it does where a word that one policy spells is a misspelling for the other', () => {
  fc.assert(fc.property(anEdit, fc.array(alikeTicket, { minLength: 1, maxLength: 6 }), decidesAlike), {
    numRuns: numRuns * 5,
  });
});

const asksFor = (...value: string[]) =>
  aPolicy([
    {
      id: 'refund',
      title: 'Refund',
      conditions: { any: [{ field: 'text', operator: 'includes_any', value: ['refund~'] }] },
      actions: { category: 'refund' },
    },
    {
      id: 'other',
      title: 'Other',
      conditions: { any: [{ field: 'text', operator: 'includes_any', value }] },
      actions: { add_tags: ['x'] },
    },
  ]);

it.each([
  ['refnd', ['refund', 'refund']],
  ['refunds', ['refund', 'other']],
  ['refunds refnd', ['refund', 'refund']],
  ['hello', ['other', 'other']],
])('a word that only one policy spells, "%s", is misspelt for the other alone', (description, categories) => {
  const decideBoth = compilePair(asksFor('invoice~'), asksFor('refunds'));
  expect(decideBoth(aTicket({ description })).map(({ category }) => category.value)).toEqual(categories);
});
