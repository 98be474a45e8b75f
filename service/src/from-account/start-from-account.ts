// Makes a policy from what an account has, and describes as Markdown what was found and what became of it.
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import { namesOf } from './account-names.ts';
import { type AccountRule, isRecord, readRules } from './account-setup.ts';
import { buildPolicy, type StartingPolicy } from './build-policy.ts';
import { type Faults, findFaults } from './find-faults.ts';
import { readActions } from './rule-actions.ts';
import { buildTranslator } from './translate-condition.ts';
import { translateRule } from './translate-rule.ts';

interface AccountStart extends StartingPolicy, Faults {
  readonly odd: readonly string[];
  /** Markdown. */
  readonly report: string;
}

/** Pure: the same account gives the same policy and report, whatever is odd in it. */
export function startFromAccount(setup: AccountSetup): AccountStart {
  const names = namesOf(setup);
  const read = [
    readRules('trigger', setup.triggers),
    readRules('automation', setup.automations),
    readRules('view', setup.views),
    readRules('macro', setup.macros),
  ];
  const rules = read.flatMap((one) => one.rules);
  const odd = [...read.flatMap((one) => one.odd), ...oddOthers(setup)];
  const translate = buildTranslator(names, rules);
  const judged = rules
    .filter(({ active }) => active)
    .map((rule) => ({ translated: translateRule(rule, translate), actions: readActions(rule, names) }));
  const faults = findFaults(judged, setup, names);
  const policy = buildPolicy(rules, judged, setup, names);
  return {
    ...policy,
    ...faults,
    odd,
    report: describeStart({ ...policy, ...faults, rules, odd, unread: setup.unread }),
  };
}

function oddOthers({ groups, ticketFields, brands, forms }: AccountSetup): string[] {
  const lists = { groups, 'ticket fields': ticketFields, brands, forms };
  return Object.entries(lists).flatMap(([name, records]) => {
    const count = records.filter((record) => !isRecord(record)).length;
    return count === 0 ? [] : [`${count} of the ${name} are not records; they were left out.`];
  });
}

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

/** Describes what was found in an account and what became of it, as Markdown. */
function describeStart({ rules, faults, undecided, notCarried, carried, notes, odd, unread }: Start): string {
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
