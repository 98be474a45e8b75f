// Writes a policy begun from an account, as a person would.
import { type ConditionGroup, type ConditionNode, GROUP_KEYS, type Priority } from '@deskwright/shared';
import { stringify } from 'yaml';
import { scalar } from '../suggest/index.ts';
import type { AccountRule } from './account-setup.ts';

export const LONGEST_NAME = 100;

export interface Category {
  readonly id: string;
  readonly name: string;
  tier: string | null;
}

export interface WrittenTrigger {
  readonly rule: AccountRule;
  readonly id: string;
  readonly title: string;
  readonly conditions: ConditionGroup;
  readonly actions: { category?: string; priority?: Priority; add_tags?: string[] };
}

export interface WrittenView {
  readonly title: string;
}

interface Written {
  readonly company: string;
  readonly tiers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly group: string }>;
  readonly categories: readonly Category[];
  readonly other: string;
  readonly triggers: readonly WrittenTrigger[];
  readonly views: readonly WrittenView[];
}

export function writePolicyText({ company, tiers, categories, other, triggers, views }: Written): string {
  return [
    '# Begun from the account by: deskwright init --from-account. What could not be carried over is in the report beside this file.',
    'version: 1',
    `company: ${scalar(company)}`,
    'mode: observe # writes nothing until you take this out and activate it',
    'time_zone: UTC # yours, such as Europe/Berlin',
    '',
    'tiers: # the groups of the account',
    ...tiers.map(
      ({ id, name, group }) => `  - { id: ${scalar(id)}, name: ${scalar(name)}, group: ${JSON.stringify(group)} }`,
    ),
    '',
    'categories:',
    ...categories.map(
      ({ id, name, tier }) => `  - { id: ${scalar(id)}, name: ${scalar(name)}, tier: ${scalar(tier ?? '')} }`,
    ),
    `default_category: ${scalar(other)}`,
    '',
    ...(triggers.length === 0
      ? []
      : ['# In Zendesk the last trigger wins, in a policy the first: so the order is reversed.', 'triggers:']),
    ...triggers.flatMap(({ rule, id, title, conditions, actions }) => [
      `  - id: ${scalar(id)}`,
      `    title: ${scalar(title)} # Zendesk's trigger ${rule.id}`,
      '    conditions:',
      ...GROUP_KEYS.flatMap((key) =>
        conditions[key]?.length ? [`      ${key}:`, ...conditions[key].map((node) => `        - ${flow(node)}`)] : [],
      ),
      `    actions: ${flow(actions)}`,
    ]),
    ...(views.length === 0
      ? []
      : [
          '',
          'views: # the order is only reported until you write keep: enforce',
          ...views.map(({ title }) => `  - { title: ${scalar(title)}, order: oldest_first, keep: warn }`),
        ]),
    '',
  ].join('\n');
}

/** On one line, in brackets. */
const flow = (value: ConditionNode | object): string =>
  stringify(value, {
    collectionStyle: 'flow',
    lineWidth: 0,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
  }).trim();

export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').trim();
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1)}…` : line;
}

/** The trigger that a line of the text belongs to. */
export function triggerAt(text: string, line: number, triggers: readonly WrittenTrigger[]): WrittenTrigger | undefined {
  const before = text.split('\n').slice(0, line);
  const start = before.findLast((one) => one.startsWith('  - id: '));
  return before.includes('triggers:') ? triggers.find(({ id }) => start === `  - id: ${scalar(id)}`) : undefined;
}
