// Tries accounts that nobody made by hand: nothing of a rule gets lost, and the policy is one that the service accepts.
import { type ConditionNode, isCondition, loadPolicy, type Policy } from '@deskwright/shared';
import fc from 'fast-check';
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import { type AccountRule, isRecord, readRules, textOf } from './account-setup.ts';
import { startFromAccount } from './start-from-account.ts';
import { someAccount } from './testing/some-account.ts';

/** `FC_RUNS=5000` runs longer. */
const numRuns = Number(process.env.FC_RUNS ?? 40);

/** Which field of a policy says what a field of Zendesk says; those of the custom fields have their ids. */
const FIELD_OF: Readonly<Record<string, string>> = {
  type: 'type',
  ticket_type_id: 'type',
  group_id: 'group',
  assignee_id: 'assignee',
  requester_id: 'requester_email',
  organization_id: 'organization',
  brand_id: 'brand',
  ticket_form_id: 'form',
  current_tags: 'tags',
  subject_includes_word: 'subject',
  comment_includes_word: 'comment',
  description_includes_word: 'text',
  via_id: 'via',
  NEW: 'created_hours_ago',
};
const fieldOf = (field: string): string => FIELD_OF[field] ?? field.replace(/^custom_fields_/, 'custom_field:');
const fieldsIn = (node: ConditionNode): string[] =>
  isCondition(node)
    ? [node.field]
    : Object.values(node).flatMap((nodes: ConditionNode[] = []) => nodes.flatMap(fieldsIn));

/** What a rule of the account has that is neither in the policy nor named with a reason. */
function lostOf(
  setup: AccountSetup,
  rule: AccountRule,
  { notCarried }: ReturnType<typeof startFromAccount>,
  policy: Policy,
  text: string,
): string[] {
  const said = notCarried.filter((one) => one.rule.kind === rule.kind && one.rule.id === rule.id);
  expect(said.every(({ why }) => why.trim() !== '')).toBe(true);
  if (said.some(({ part }) => part === null)) return [];
  const id = new RegExp(`id: "?([^"\\n]+)"?\\n[^\\n]* # Zendesk's trigger ${rule.id}\\n`).exec(text)?.[1];
  const trigger = policy.triggers.find((one) => one.id === id);
  if (trigger === undefined) return [`all of ${rule.id}`];
  const isSaid = (field: string): boolean =>
    said.some(({ part }) => part === field || part?.startsWith(`${field} `) === true);
  const fields = new Set(fieldsIn(trigger.conditions));
  const isCreate = ({ field, operator, value }: AccountRule['all'][number]): boolean =>
    field === 'update_type' && (value === 'Create') === (operator !== 'is_not');
  const conditions = [...rule.all, ...(rule.any.some(isCreate) ? [] : rule.any)]
    .filter((one) => !isCreate(one) && !fields.has(fieldOf(one.field)) && !isSaid(one.field))
    .map(({ field }) => field);
  const category = policy.categories.find((one) => one.id === trigger.actions.category);
  const names = new Map(setup.groups.filter(isRecord).map((one) => [textOf(one['id']), textOf(one['name'])]));
  const group = policy.tiers.find((one) => one.id === category?.tier)?.group;
  const last = new Map(rule.actions.map(({ field, values }) => [field, values.join(' ').trim()]));
  const actions = [...last].filter(([field, value]) => {
    if (isSaid(field)) return false;
    switch (field) {
      case 'group_id':
        return group !== names.get(value);
      case 'priority':
        return trigger.actions.priority !== value;
      case 'current_tags':
        return !value.split(/[\s,]+/).every((tag) => tag === '' || trigger.actions.add_tags?.includes(tag));
      default:
        return !field.startsWith('custom_fields_') || category === undefined;
    }
  });
  return [...conditions, ...actions.map(([field]) => field)];
}

function checkAccount(setup: AccountSetup): void {
  const start = startFromAccount(setup);
  const loaded = loadPolicy(start.text, 'deskwright.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const again = startFromAccount(structuredClone(setup));
  expect([again.text, again.report]).toEqual([start.text, start.report]);
  const rules = (['trigger', 'automation', 'macro', 'view'] as const).flatMap(
    (kind) => readRules(kind, kind === 'trigger' ? setup.triggers : setup[`${kind}s`]).rules,
  );
  for (const rule of rules.filter(({ kind }) => kind === 'trigger'))
    expect([rule.id, lostOf(setup, rule, start, loaded.policy, start.text)]).toEqual([rule.id, []]);
  const named = new Set(
    [...start.carried, ...start.notCarried.map((one) => one.rule)].map(({ kind, id }) => `${kind} ${id}`),
  );
  expect(rules.map(({ kind, id }) => `${kind} ${id}`).filter((rule) => !named.has(rule))).toEqual([]);
  expect(start.report.split('\n').filter((line) => line.includes('undefined') || line.includes('[object'))).toEqual([]);
}

test('every condition and action of any account is in the policy, or named with a reason; two runs say the same', () => {
  fc.assert(fc.property(someAccount(8), checkAccount), { numRuns });
});

test('an account of 500 triggers is read as well', () => {
  const triggers = fc.sample(someAccount(12), { numRuns: 120, seed: 7 }).flatMap((setup) => setup.triggers);
  const [base] = fc.sample(someAccount(1), { numRuns: 1, seed: 7 });
  if (base === undefined) throw new Error('There is no account');
  const many = triggers.slice(0, 500).map((trigger, at) => ({ ...(trigger as object), id: at + 1, position: at }));
  expect(many.map(({ id }) => textOf(id)).length).toBe(500);
  checkAccount({ ...base, triggers: many });
});
