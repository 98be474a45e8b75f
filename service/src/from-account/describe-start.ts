// Describes what was found in an account and what became of it, as Markdown.
import type { AccountRule } from './account-setup.ts';
import type { StartingPolicy } from './build-policy.ts';
import type { Faults } from './find-faults.ts';

interface Start extends Pick<StartingPolicy, 'notCarried' | 'carried' | 'notes'>, Faults {
  readonly rules: readonly AccountRule[];
  readonly odd: readonly string[];
  readonly unread: ReadonlyArray<{ readonly list: string; readonly why: string }>;
}

/** Names of what is wrong, for people. */
const HEADINGS: Readonly<Record<Faults['faults'][number]['code'], string>> = {
  never_fires: 'Never fires',
  gone: 'Refers to something that no longer exists',
  says_the_same: 'Says the same as another',
  always_overwritten: 'Contradicts another, which always wins',
  overlaps: 'Overlaps with another that sets something else',
  newest_first: 'Newest first',
  no_owner: 'Nobody owns it',
  category_only_in_tags: 'Categories only in tags',
};

export function describeStart({ rules, faults, undecided, notCarried, carried, notes, odd, unread }: Start): string {
  const counts = (['trigger', 'automation', 'view', 'macro'] as const).map((kind) => {
    const own = rules.filter((rule) => rule.kind === kind);
    return `${own.length} ${kind}${own.length === 1 ? '' : 's'} (${own.filter((rule) => carried.has(rule)).length} carried over)`;
  });
  return [
    '# What was found in the account',
    '',
    `${counts.join(', ')}.`,
    '',
    '## What is wrong there',
    '',
    ...(faults.length === 0 ? ['Nothing was found.'] : []),
    ...(Object.keys(HEADINGS) as Array<keyof typeof HEADINGS>).flatMap((code) => {
      const own = faults.filter((fault) => fault.code === code);
      if (own.length === 0) return [];
      return [
        `### ${HEADINGS[code]}`,
        '',
        ...own.flatMap(({ rule, sentence, proof }) => [
          `- ${rule === null ? sentence : `The ${nameOf(rule)} ${sentence}`}.`,
          ...proof.map((line) => `  - ${line}`),
        ]),
        '',
      ];
    }),
    '',
    '## What could not be decided',
    '',
    ...list(
      [...undecided, ...unread.map(({ list: name, why }) => `The ${name} could not be read: ${why}.`)],
      'Nothing.',
    ),
    '',
    '## What was not carried over as it is',
    '',
    ...list(
      notCarried.map(
        ({ rule, part, why }) =>
          `The ${nameOf(rule)}${part === null ? '' : `: \`${part.replaceAll('`', "'")}\``}: ${why}.`,
      ),
      'Nothing.',
    ),
    '',
    '## What was chosen',
    '',
    ...list(notes, 'Nothing.'),
    ...(odd.length === 0 ? [] : ['', '## Invalid records', '', ...list(odd, '')]),
    '',
  ].join('\n');
}

const nameOf = ({ kind, id, title }: Pick<AccountRule, 'kind' | 'id' | 'title'>): string =>
  `${kind} "${title}" (${id})`;

const list = (lines: readonly string[], none: string): string[] =>
  lines.length === 0 ? [none] : lines.map((line) => `- ${line}`);
