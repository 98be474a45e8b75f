// Checks that every referenced name exists and is unique.
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';
import { entriesAt, isBlock, textsAt, valueAt } from '../value-at.ts';
import { shorten, unknownWord } from './check-spelling.ts';

/** Accepts unvalidated values, so that these problems are reported together with those of the schema. */
export function checkReferences(policy: unknown): Finding[] {
  const tiers = knownAt(policy, ['tiers']);
  const categories = knownAt(policy, ['categories']);
  return [
    ...checkUnique(policy, ['tiers'], 'id', 'tier'),
    ...checkUnique(policy, ['tiers'], 'group', 'the group of tier'),
    // Two with the same name work, but cannot be distinguished in the sidebar.
    ...checkUnique(policy, ['tiers'], 'name', 'the name of tier', warningAt),
    ...checkUnique(policy, ['categories'], 'name', 'the name of category', warningAt),
    ...checkUnique(policy, ['categories'], 'id', 'category'),
    ...checkUnique(policy, ['triggers'], 'id', 'trigger'),
    ...checkUnique(policy, ['views'], 'title', 'view'),
    ...checkUnique(policy, ['views'], 'id', 'view'),
    ...checkUnique(policy, ['departments'], 'id', 'department'),
    ...checkUnique(policy, ['departments'], 'name', 'the name of department'),
    ...checkUnique(policy, ['departments'], 'group', 'the group of department'),
    ...checkUnique(policy, ['escalation', 'criteria'], 'tier', 'tier'),
    ...checkUnique(policy, ['goals'], 'id', 'goal'),
    ...checkUnique(policy, ['goals'], 'name', 'the name of goal', warningAt),
    ...checkUnique(policy, ['reports'], 'id', 'report'),
    ...checkUnique(policy, ['surveys', 'follow_ups', 'outcomes'], 'id', 'outcome'),
    ...checkUnique(policy, ['surveys', 'follow_ups', 'root_causes'], 'id', 'root cause'),
    ...checkUnique(policy, ['surveys', 'brands'], 'brand', 'brand'),
    ...checkUnique(policy, ['surveys', 'brands'], 'name', 'the name of brand', warningAt),
    ...checkUnique(policy, ['surveys', 'lexicon'], 'driver', 'driver'),
    ...checkUnique(policy, ['tools'], 'id', 'tool'),
    ...checkUnique(policy, ['tools'], 'name', 'the name of tool', warningAt),
    ...checkUnique(policy, ['verification', 'questions'], 'id', 'question'),
    ...entriesAt(policy, ['tools']).flatMap(({ path }) => [
      ...checkUnique(policy, [...path, 'inputs'], 'id', 'input'),
      ...checkUnique(policy, [...path, 'show'], 'label', 'the label'),
      ...namesAt(policy, [...path, 'allow', 'tiers']).flatMap(([name, at]) => checkName('tier', name, tiers, at)),
    ]),
    ...formsOf(policy).flatMap((form) => [
      ...checkUnique(policy, form, 'id', 'field'),
      ...checkUnique(policy, form, 'label', 'the label'),
    ]),
    ...checkUnique(policy, ['refunds', 'reason_codes'], 'id', 'reason code'),
    ...checkUnique(policy, ['refunds', 'reason_codes'], 'name', 'the name of reason code', warningAt),
    ...checkUnique(policy, ['refunds', 'goodwill', 'catalogue'], 'id', 'goodwill'),
    ...checkUnique(policy, ['refunds', 'goodwill', 'catalogue'], 'name', 'the name of goodwill', warningAt),
    ...checkUnique(policy, ['refunds', 'disputes', 'evidence'], 'id', 'evidence'),
    ...entriesAt(policy, ['refunds', 'goodwill', 'catalogue']).flatMap(({ path }) =>
      namesAt(policy, [...path, 'allow', 'tiers']).flatMap(([name, at]) => checkName('tier', name, tiers, at)),
    ),
    ...[
      ['targets'],
      ['escalation', 'criteria'],
      ['refunds', 'limits'],
      ['refunds', 'goodwill', 'budgets'],
      ['goals'],
    ].flatMap((list) =>
      entriesAt(policy, list).flatMap(({ entry, path }) => checkName('tier', entry['tier'], tiers, [...path, 'tier'])),
    ),
    ...entriesAt(policy, ['views']).flatMap(({ entry, path }) =>
      checkName('tier', entry['tier'], tiers, [...path, 'tier']),
    ),
    ...entriesAt(policy, ['tiers']).flatMap(({ entry, path }) =>
      checkName('tier', entry['escalates_to'], tiers, [...path, 'escalates_to']),
    ),
    ...entriesAt(policy, ['categories']).flatMap(({ entry, path }) =>
      checkName('tier', entry['tier'], tiers, [...path, 'tier']),
    ),
    ...entriesAt(policy, ['goals']).flatMap(({ entry, path }) =>
      checkName('category', entry['category'], categories, [...path, 'category']),
    ),
    ...entriesAt(policy, ['reports']).flatMap(({ entry, path }) => [
      ...checkName('department', entry['department'], knownAt(policy, ['departments']), [...path, 'department']),
      ...(Array.isArray(entry['categories']) ? entry['categories'] : []).flatMap((each: unknown, n) =>
        checkName('category', each, categories, [...path, 'categories', n]),
      ),
    ]),
    ...[
      ...namesAt(policy, ['surveys', 'follow_ups', 'recorded_by', 'tiers']),
      ...namesAt(policy, ['refunds', 'approvals', 'tiers']),
    ].flatMap(([name, path]) => checkName('tier', name, tiers, path)),
    ...entriesAt(policy, ['refunds', 'limits']).flatMap(({ path }) =>
      namesAt(policy, [...path, 'categories']).flatMap(([name, at]) => checkName('category', name, categories, at)),
    ),
    ...checkName('category', valueAt(policy, ['default_category']), categories, ['default_category']),
    ...entriesAt(policy, ['triggers']).flatMap(({ entry, path }) =>
      isBlock(entry['actions'])
        ? checkName('category', entry['actions']['category'], categories, [...path, 'actions', 'category'])
        : [],
    ),
  ];
}

/** The entries of a list of names, with their places. */
function namesAt(policy: unknown, list: PolicyPath): [unknown, PolicyPath][] {
  const names = valueAt(policy, list);
  return Array.isArray(names) ? names.map((name: unknown, n) => [name, [...list, n]]) : [];
}

/** Where a form's fields are: answers are stored by label, so labels must be unique. */
function formsOf(policy: unknown): PolicyPath[] {
  const ofDepartments = entriesAt(policy, ['departments']).map(({ path }) => [...path, 'fields']);
  return [['escalation', 'fields'], ...ofDepartments];
}

/** The entries of a list: their ids, and the id of each name, so that the name written in place of the id is understood. */
interface Known {
  ids: readonly string[];
  names: ReadonlyMap<string, string>;
}

function knownAt(policy: unknown, list: PolicyPath): Known {
  const names = new Map<string, string>();
  for (const { entry } of entriesAt(policy, list))
    if (typeof entry['id'] === 'string' && typeof entry['name'] === 'string') names.set(entry['name'], entry['id']);
  return { ids: textsAt(policy, list, 'id'), names };
}

function checkName(what: string, name: unknown, { ids, names }: Known, path: PolicyPath): Finding[] {
  if (typeof name !== 'string' || ids.includes(name)) return [];
  // `tier1` is nearer to the name `Tier 1` than to the id `t1`.
  const meant = names.get(nearestSpelling(name, [...names.keys()]) ?? '');
  return [unknownWord(what, name, ids, path, nearestSpelling(name, ids) ?? meant)];
}

function checkUnique(policy: unknown, list: PolicyPath, key: string, what: string, problem = errorAt): Finding[] {
  const seen = new Map<unknown, number>();
  return entriesAt(policy, list).flatMap(({ entry, path }, index) => {
    const name = entry[key];
    if (typeof name !== 'string' && typeof name !== 'number') return [];
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, index);
      return [];
    }
    const message = `${what} "${shorten(String(name))}" is already used by entry ${first + 1} of ${listName(list)}`;
    return [problem([...path, key], message, { other: [...list, first] })];
  });
}

/** `refunds.limits`, or `fields` for a list inside an entry of another. */
function listName(list: PolicyPath): string {
  return list.some((step) => typeof step === 'number') ? String(list.at(-1)) : list.join('.');
}
