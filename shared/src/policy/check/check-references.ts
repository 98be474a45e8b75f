// Does everything a policy names exist, and is every name given once?
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { isBlock } from '../is-block.ts';
import { entriesAt, textsAt, valueAt } from '../value-at.ts';
import { shorten, unknownWord } from './check-spelling.ts';

/** Takes what was written, of whatever shape, so that these problems are told together with those of shape. */
export function checkReferences(policy: unknown): Finding[] {
  const tiers = textsAt(policy, ['tiers'], 'id');
  const categories = textsAt(policy, ['categories'], 'id');
  return [
    ...checkUnique(policy, ['tiers'], 'id', 'tier'),
    ...checkUnique(policy, ['tiers'], 'group', 'the group of tier'),
    ...checkUnique(policy, ['categories'], 'id', 'category'),
    ...checkUnique(policy, ['triggers'], 'id', 'trigger'),
    ...checkUnique(policy, ['views'], 'title', 'view'),
    ...checkUnique(policy, ['views'], 'id', 'view'),
    ...entriesAt(policy, ['tiers']).flatMap(({ entry, path }) =>
      checkName('tier', entry['escalates_to'], tiers, [...path, 'escalates_to']),
    ),
    ...entriesAt(policy, ['categories']).flatMap(({ entry, path }) =>
      checkName('tier', entry['tier'], tiers, [...path, 'tier']),
    ),
    ...checkName('category', valueAt(policy, ['default_category']), categories, ['default_category']),
    ...entriesAt(policy, ['triggers']).flatMap(({ entry, path }) =>
      isBlock(entry['actions'])
        ? checkName('category', entry['actions']['category'], categories, [...path, 'actions', 'category'])
        : [],
    ),
  ];
}

function checkName(what: string, name: unknown, known: readonly string[], path: PolicyPath): Finding[] {
  return typeof name !== 'string' || known.includes(name) ? [] : [unknownWord(what, name, known, path)];
}

function checkUnique(policy: unknown, list: PolicyPath, key: string, what: string): Finding[] {
  const seen = new Map<unknown, number>();
  return entriesAt(policy, list).flatMap(({ entry, path }, index) => {
    const name = entry[key];
    if (typeof name !== 'string' && typeof name !== 'number') return [];
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, index);
      return [];
    }
    const message = `${what} "${shorten(String(name))}" is there already, as entry ${first + 1} of ${list.join('.')}`;
    return [errorAt([...path, key], message)];
  });
}
