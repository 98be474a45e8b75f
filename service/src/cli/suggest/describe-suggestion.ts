// Describes a suggestion in sentences.
import type { Catches, Measured, Retirement, Suggestion } from '../../suggest/index.ts';

interface Asked {
  readonly seed: number;
  readonly heldOut: number;
}

/** Whether there are neither triggers nor words to add, nor triggers to retire. */
export const isNothing = ({ triggers, words, retire }: Suggestion): boolean =>
  triggers.length === 0 && words.length === 0 && retire.length === 0;

/** What `deskwright suggest` prints. */
export function describeSuggestion(suggestion: Suggestion, asked: Asked): string {
  return [
    ...describeSource(suggestion, asked),
    '',
    ...describeFigures(suggestion),
    ...(isNothing(suggestion) ? ['', 'There is nothing to suggest.'] : []),
    ...describeTriggers(suggestion),
    ...describeWords(suggestion),
    ...describeRetirements(suggestion.retire),
    '',
    ...describeLimits(suggestion),
  ].join('\n');
}

const count = (number: number): string => number.toLocaleString('en-US');
const several = (number: number, word: string): string => `${count(number)} ${word}${number === 1 ? '' : 's'}`;

function describeSource({ gathered, learnt, heldOut }: Suggestion, { seed }: Asked): string[] {
  const left = [
    [gathered.unlabelled, 'without a category'],
    [gathered.empty, 'without text'],
    [gathered.repeated, 'with the text of another'],
  ].filter(([number]) => Number(number) > 0);
  const without = left.map(([number, what]) => `${count(Number(number))} ${what}`).join(', ');
  return [
    `${several(gathered.tickets, 'ticket')}${without === '' ? '' : ` (${without})`}. Learnt from ${several(learnt.after.texts, 'text')}, measured on ${count(heldOut.after.texts)} that were held out (seed ${seed}).`,
    ...(gathered.contradictory > 0
      ? [
          `${several(gathered.contradictory, 'text')} had several categories: the most frequent one counts; where two are equally frequent, the text is left out.`,
        ]
      : []),
  ];
}

function describeFigures({ learnt, heldOut }: Suggestion): string[] {
  const row = (name: string, { before, after }: { before: Measured; after: Measured }, of: (m: Measured) => number) =>
    `  ${name.padEnd(34)}${share(of(before), before.texts).padStart(8)}${share(of(after), after.texts).padStart(10)}`;
  return [
    `  ${''.padEnd(34)}${'before'.padStart(8)}${'after'.padStart(10)}`,
    row('right, of those held out', heldOut, ({ right }) => right),
    row('silent, of those held out', heldOut, ({ silent }) => silent),
    row('right, of those learnt from', learnt, ({ right }) => right),
  ];
}

const share = (part: number, of: number): string => (of === 0 ? '-' : `${((part / of) * 100).toFixed(1)} %`);

function describeTriggers({ triggers, place, newCategories }: Suggestion): string[] {
  if (triggers.length === 0) return [];
  const where =
    place === 'after'
      ? 'below those of the policy'
      : 'above those of the policy that set a category, which are wrong more often';
  return [
    '',
    `${several(triggers.length, 'new trigger')}, ${where}, in this order:`,
    ...triggers.flatMap(({ trigger, learnt, heldOut }, at) => {
      const [node] = trigger.conditions.any ?? [];
      const words = node !== undefined && 'value' in node && Array.isArray(node.value) ? node.value : [];
      return [
        '',
        `${String(at + 1).padStart(3)}. ${trigger.id}  ->  ${trigger.actions.category}`,
        `     includes any of: ${words.join(', ')}`,
        `     ${describeCatches(learnt)}; of those held out ${describeCatches(heldOut)}`,
        ...examplesOf(learnt),
      ];
    }),
    ...(newCategories.length > 0
      ? ['', `New categories, in the tier of the default one: ${newCategories.map(({ id }) => id).join(', ')}`]
      : []),
  ];
}

const describeCatches = ({ right, wrong }: Catches): string =>
  `catches ${count(right + wrong)}${wrong === 0 ? ', none wrongly' : `, ${count(wrong)} wrongly`}`;

function examplesOf({ rightExamples, wrongExamples }: Catches): string[] {
  return [
    ...rightExamples.slice(0, 2).map((text) => `       right: ${text}`),
    ...wrongExamples.slice(0, 2).map(({ text, category }) => `       wrong: ${text}  (${category})`),
  ];
}

function describeWords({ words }: Suggestion): string[] {
  const lines = words
    .filter((one) => one.words.length > 0)
    .map(
      ({ triggerId, words: more, learnt }) => `  ${triggerId}: ${more.join(', ')}  (then ${describeCatches(learnt)})`,
    );
  return lines.length === 0 ? [] : ['', 'Words for triggers that the policy has:', ...lines];
}

function describeRetirements(retire: readonly Retirement[]): string[] {
  if (retire.length === 0) return [];
  return [
    '',
    'Triggers to retire (taken out with --retire only):',
    ...retire.map((one) => `  ${one.triggerId}: ${whyRetire(one)}`),
  ];
}

function whyRetire({ why, right, wrong, mostly, doesMore }: Retirement): string {
  const reason =
    why === 'decides nothing'
      ? 'decides none of these tickets'
      : `${count(wrong)} of its ${count(right + wrong)} catches are wrong; most are ${mostly}`;
  return doesMore ? `${reason}. It also sets a priority or tags, so it is kept; check its category` : reason;
}

function describeLimits({ heldOut, notLearnt }: Suggestion): string[] {
  const { silent, silentExamples } = heldOut.after;
  return [
    'Limits of this result:',
    '  - whether the categories in these tickets are right, and how right it is on tickets unlike these.',
    ...(silent > 0
      ? [
          `  - anything about the ${several(silent, 'text')} of those held out for which it has no suggestion${silentExamples.length === 0 ? '.' : ', such as:'}`,
        ]
      : []),
    ...silentExamples.map((text) => `      ${text}`),
    ...(notLearnt.length > 0
      ? [
          `  - which words say ${notLearnt.map(({ category, texts }) => `${category} (${several(texts, 'text')})`).join(', ')}: too few, or too different from one another.`,
        ]
      : []),
  ];
}
