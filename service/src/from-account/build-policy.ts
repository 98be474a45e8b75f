// Builds the policy closest to an account's Zendesk triggers.

import { GROUP_KEYS, loadPolicy } from '@deskwright/shared';
import { freeId, toId } from '../suggest/index.ts';
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import type { AccountNames } from './account-names.ts';
import { type AccountRule, isRecord, textOf } from './account-setup.ts';
import { findCategoryField } from './category-field.ts';
import type { Judged } from './fault.ts';
import { type CarriedTrigger, findDifferences } from './find-differences.ts';
import {
  type Category,
  LONGEST_NAME,
  oneLine,
  triggerAt,
  type WrittenTrigger,
  type WrittenView,
  writePolicyText,
} from './write-policy-text.ts';

/** One thing of the account that the policy does not have as it is. */
interface NotCarried {
  readonly rule: Pick<AccountRule, 'kind' | 'id' | 'title'>;
  /** A condition or an action; null: all of it. */
  readonly part: string | null;
  readonly why: string;
}

export interface StartingPolicy {
  /** Valid: `loadPolicy` accepts it. */
  readonly text: string;
  readonly notCarried: readonly NotCarried[];
  /** Ids of the account's rules that are in the policy. */
  readonly carried: ReadonlySet<AccountRule>;
  /** What was chosen where the account does not say it. */
  readonly notes: readonly string[];
}

const LONGEST = { id: 40, triggerId: 80 } as const;
const NOT_ASKED = 'a condition that a policy does not support';

export function buildPolicy(
  rules: readonly AccountRule[],
  judged: readonly Judged[],
  setup: AccountSetup,
  names: AccountNames,
): StartingPolicy {
  const notes: string[] = [];
  const notCarried: NotCarried[] = [];
  const carried = new Set<AccountRule>();
  const tiers = writeTiers(names, notes);
  const tierOfGroup = new Map(tiers.map(({ groupId, id }) => [groupId, id]));
  const fallback = tiers.find(({ isDefault }) => isDefault)?.id ?? tiers[0]?.id ?? 't1';
  const field = findCategoryField(setup, judged);
  const categories = new Map<string, Category>();
  const taken = new Set<string>();
  const addCategory = (key: string, name: string, tier: string | null): Category => {
    const known = categories.get(key);
    if (known !== undefined) return known;
    const id = freeId(toId(name, `category_${categories.size + 1}`), taken, LONGEST.id, '_');
    taken.add(id);
    const category = { id, name: oneLine(name), tier };
    categories.set(key, category);
    return category;
  };
  for (const { value, name } of field?.options ?? []) addCategory(`option ${value}`, name, null);
  if (field !== null) notes.push(`Categories are the options of the ticket field "${field.title}" (${field.id}).`);

  const triggerIds = new Set<string>();
  const written: CarriedTrigger[] = [];
  for (const { translated, actions } of judged) {
    const { rule, conditions } = translated;
    if (rule.kind !== 'trigger') continue;
    const say = (part: string | null, why: string): void => void notCarried.push({ rule, part, why });
    for (const { condition, why } of translated.notCarried) say(condition, why);
    for (const { action, why } of actions.staying) say(action, why);
    const option = field === null ? undefined : actions.fields.get(field.id);
    for (const [id, value] of actions.fields)
      if (id !== field?.id) say(`custom_fields_${id} ${value}`, 'a policy does not set this field');
    const tag = actions.tags.find((one) => categories.has(`option ${one}`));
    const tier = actions.groupId === null ? null : (tierOfGroup.get(actions.groupId) ?? null);
    if (actions.groupId !== null && tier === null)
      say(`group_id ${actions.groupId}`, 'the group is not a tier of the policy; see the choices made');
    let category =
      option !== undefined
        ? categories.get(`option ${option}`)
        : tag !== undefined
          ? categories.get(`option ${tag}`)
          : undefined;
    if (option !== undefined && category === undefined)
      say(`custom_fields_${field?.id} ${option}`, 'the field has no such option');
    if (conditions === null) {
      say(null, NOT_ASKED);
      continue;
    }
    if (category === undefined && tier !== null)
      category = addCategory(`tier ${tier}`, tiers.find(({ id }) => id === tier)?.name ?? tier, tier);
    if (category !== undefined && tier !== null) {
      category.tier ??= tier;
      if (category.tier !== tier)
        say(
          `group_id ${actions.groupId}`,
          `the category ${category.id} goes to the tier ${category.tier}, and a category has one`,
        );
    }
    const own: WrittenTrigger['actions'] = {
      ...(category !== undefined && { category: category.id }),
      ...(actions.priority !== null && { priority: actions.priority }),
      ...(actions.tags.length > 0 && { add_tags: [...actions.tags] }),
    };
    if (Object.keys(own).length === 0) {
      say(null, 'everything that it does remains in Zendesk');
      continue;
    }
    if (GROUP_KEYS.every((key) => (conditions[key] ?? []).length === 0)) {
      say(null, 'it is for every new ticket; the default category is for that');
      continue;
    }
    const id = freeId(
      toId(rule.title, `trigger-${rule.id.replace(/\W+/g, '-')}`, '-'),
      triggerIds,
      LONGEST.triggerId,
      '-',
    );
    triggerIds.add(id);
    const setsField = option !== undefined || tag !== undefined;
    written.push({ rule, id, title: oneLine(rule.title), conditions, actions: own, inZendesk: actions, setsField });
  }
  const other = addCategory('default', 'Other', fallback);
  notes.push(`A ticket for which no policy trigger sets a group goes to the tier ${fallback}, by default_category.`);
  for (const category of categories.values()) category.tier ??= fallback;
  const byId = new Map([...categories.values()].map((category) => [category.id, category]));
  notCarried.push(
    ...findDifferences(written, {
      active: judged.flatMap(({ translated: { rule }, actions }) => (rule.kind === 'trigger' ? { rule, actions } : [])),
      tierOf: (category) => byId.get(category)?.tier ?? fallback,
      fieldTitle: field?.title ?? null,
    }),
  );
  const views = writeViews(judged, notCarried, carried);
  for (const rule of rules) {
    if (!rule.active) notCarried.push({ rule, part: null, why: 'it is switched off' });
    else if (rule.kind === 'automation')
      notCarried.push({ rule, part: null, why: 'it depends on time alone and remains in Zendesk' });
    else if (rule.kind === 'macro') notCarried.push({ rule, part: null, why: 'agents go on using it in Zendesk' });
  }
  // Zendesk runs all triggers and the last one wins; in a policy the first that sets a category does.
  let triggers: readonly WrittenTrigger[] = written.toReversed();
  for (;;) {
    const text = writePolicyText({
      company: companyOf(setup),
      tiers,
      categories: [...categories.values()],
      other: other.id,
      triggers,
      views,
    });
    const loaded = loadPolicy(text, 'deskwright.yaml');
    if (loaded.ok) {
      for (const { rule } of triggers) carried.add(rule);
      return { text, notCarried, carried, notes };
    }
    const refused = loaded.problems.filter(({ severity }) => severity === 'error');
    const bad = new Set(refused.flatMap(({ line }) => triggerAt(text, line ?? 0, triggers) ?? []));
    if (bad.size === 0)
      throw new Error(
        `The account's set-up cannot be written as a policy: ${refused[0]?.message ?? 'unknown problem'}`,
      );
    for (const one of bad)
      notCarried.push({ rule: one.rule, part: null, why: `a policy refuses it: ${refused[0]?.message ?? ''}` });
    triggers = triggers.filter((one) => !bad.has(one));
  }
}

function writeTiers({ groups }: AccountNames, notes: string[]) {
  const taken = new Set<string>();
  const seen = new Set<string>();
  const tiers = groups.flatMap(({ id: groupId, name, isDefault }) => {
    if (seen.has(name) || name.length > LONGEST_NAME) {
      notes.push(
        `The group ${groupId} is no tier: ${seen.has(name) ? 'another has the same name' : 'its name is too long'}.`,
      );
      return [];
    }
    seen.add(name);
    const id = freeId(toId(name, `tier_${seen.size}`), taken, LONGEST.id, '_');
    taken.add(id);
    return [{ id, groupId, name: oneLine(name), group: name, isDefault }];
  });
  if (tiers.length > 0) {
    notes.push('Each group is a tier. Set escalates_to for each, and remove groups that answer no tickets.');
    return tiers;
  }
  notes.push('The account has no group that could be read: the policy has one tier with a group to be made.');
  return [{ id: 't1', groupId: '', name: 'Support', group: 'Support', isDefault: true }];
}

function writeViews(judged: readonly Judged[], notCarried: NotCarried[], carried: Set<AccountRule>): WrittenView[] {
  const views: WrittenView[] = [];
  for (const { translated } of judged) {
    const { rule } = translated;
    if (rule.kind !== 'view') continue;
    const restriction = isRecord(rule.raw['restriction']) ? textOf(rule.raw['restriction']['type']) : '';
    const why =
      restriction === 'User'
        ? 'it is one person’s own'
        : textOf(rule.raw['title']).trim() === '' || rule.title.length > LONGEST_NAME
          ? 'its title is empty or too long'
          : views.some(({ title }) => title === rule.title)
            ? 'another view has the same title'
            : null;
    if (why !== null) notCarried.push({ rule, part: null, why });
    else {
      views.push({ title: rule.title });
      carried.add(rule);
      notCarried.push({
        rule,
        part: 'conditions and columns',
        why: 'they remain in Zendesk; a policy keeps only its order',
      });
    }
  }
  return views;
}

function companyOf({ brands }: AccountSetup): string {
  const records = brands.filter(isRecord);
  const brand = records.find((one) => one['default'] === true) ?? records[0];
  return oneLine(textOf(brand?.['name'])) || 'Our company';
}
