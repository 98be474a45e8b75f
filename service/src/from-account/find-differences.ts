// Finds what triggers that were carried over do otherwise in a policy than in Zendesk.
import { PRIORITIES } from '@deskwright/shared';
import { disjoint } from '../decide/prove/index.ts';
import type { AccountRule, RawCondition } from './account-setup.ts';
import type { RuleActions } from './rule-actions.ts';
import { describeRaw } from './translate-rule.ts';
import type { WrittenTrigger } from './write-policy-text.ts';

export interface CarriedTrigger extends WrittenTrigger {
  readonly inZendesk: RuleActions;
  /** Whether it sets the drop-down field whose options are the categories. */
  readonly setsField: boolean;
}

interface Account {
  /** All active triggers. */
  readonly active: ReadonlyArray<{ readonly rule: AccountRule; readonly actions: RuleActions }>;
  readonly tierOf: (category: string) => string;
  /** Of the drop-down field whose options are the categories; null: there is none. */
  readonly fieldTitle: string | null;
}

interface Difference {
  readonly rule: AccountRule;
  /** The condition or action. */
  readonly part: string;
  readonly why: string;
}

/** Pairs of triggers that set different priorities and are compared; more count as if they could meet. */
const MOST_PAIRS = 500;

/**
 * In Zendesk a trigger sees what others have done to the ticket, group and drop-down field are set apart, and the last one wins. A policy decides
 * by the ticket as it came, gives each category one tier, and takes the highest priority.
 * @param carried in the order in which Zendesk runs them
 */
export function findDifferences(carried: readonly CarriedTrigger[], account: Account): readonly Difference[] {
  return [
    ...carried.flatMap((one) => [...seenChanges(one, account), ...joined(one, account)]),
    ...loweredPriorities(carried),
  ];
}

function seenChanges({ rule }: CarriedTrigger, { active }: Account): Difference[] {
  return [...rule.all, ...rule.any].flatMap((condition) => {
    const setting = active.filter((other) => other.rule !== rule && !isOnUpdate(other.rule) && sets(other, condition));
    const [first] = setting;
    if (first === undefined) return [];
    const others = setting.length === 1 ? '' : ` and ${setting.length - 1} other${setting.length === 2 ? '' : 's'}`;
    const why = `the Zendesk trigger "${first.rule.title}"${others} can change that first; a policy decides by the ticket as it came`;
    return [{ rule, part: describeRaw(condition), why }];
  });
}

function joined(
  { rule, actions: { category }, inZendesk, setsField }: CarriedTrigger,
  { tierOf, fieldTitle }: Account,
): Difference[] {
  if (category === undefined || fieldTitle === null) return [];
  if (inZendesk.groupId === null)
    return [
      {
        rule,
        part: `category ${category}`,
        why: `it leaves the group as it is; in a policy the category goes to the tier ${tierOf(category)}`,
      },
    ];
  if (setsField) return [];
  const why = `it leaves the field "${fieldTitle}" as it is; in a policy a group comes with a category, here ${category}`;
  return [{ rule, part: `group_id ${inZendesk.groupId}`, why }];
}

const isOnUpdate = ({ all }: AccountRule): boolean =>
  all.some(({ field, operator, value }) => field === 'update_type' && (value === 'Change') === (operator !== 'is_not'));

function sets({ rule, actions }: Account['active'][number], { field, value }: RawCondition): boolean {
  if (field !== 'current_tags') return actions.sets.has(field === 'ticket_type_id' ? 'type' : field);
  const asked = new Set((value ?? '').toLowerCase().split(/[\s,]+/u));
  // Options of drop-downs are tags as well.
  return rule.actions.some(
    (action) =>
      action.field === 'set_tags' ||
      (/^(?:current_tags|remove_tags|custom_fields_\d+)$/.test(action.field) &&
        action.values
          .join(' ')
          .toLowerCase()
          .split(/[\s,]+/u)
          .some((tag) => tag !== '' && asked.has(tag))),
  );
}

/** A higher one that an earlier trigger sets stays. */
function loweredPriorities(carried: readonly CarriedTrigger[]): Difference[] {
  let pairs = 0;
  const ranked = carried.flatMap((one) =>
    one.actions.priority === undefined
      ? []
      : [{ ...one, priority: one.actions.priority, rank: PRIORITIES.indexOf(one.actions.priority) }],
  );
  return ranked.flatMap(({ rule, rank, priority, conditions }, at): Difference[] => {
    const higher = ranked
      .slice(0, at)
      .find(
        (earlier) =>
          earlier.rank > rank &&
          (++pairs > MOST_PAIRS || disjoint(earlier.conditions, conditions).outcome !== 'proved'),
      );
    if (higher === undefined) return [];
    const why = `the Zendesk trigger "${higher.rule.title}" before it sets ${higher.priority}, and a policy takes the highest`;
    return [{ rule, part: `priority ${priority}`, why }];
  });
}
