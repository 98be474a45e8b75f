// Finds where Zendesk's own rules and Deskwright set the same field of a ticket, and describes it.
import type { Decision } from '@deskwright/shared';
import type { RuleChange } from '../../zendesk/records.ts';

/**
 * `same`: the rule sets what Deskwright wants. `against`: it sets something else than Deskwright wants. `back`: it undoes what
 * Deskwright wants and the ticket had. Null: the policy does not set the field.
 */
type Verdict = 'same' | 'against' | 'back' | null;

export interface JudgedRuleChange extends RuleChange {
  verdict: Verdict;
  /** What Deskwright wanted of that field at the time; of tags those that the rule added or removed against it. Null: nothing. */
  wanted: string | readonly string[] | null;
}

interface Decided {
  readonly decidedAt: Date;
  readonly decision: Decision;
}

/**
 * Compares each change with the last decision before it, or with the first one if the rule acted before any: Zendesk's triggers
 * run while the ticket arrives.
 * @param decided oldest first
 * @param groupOf the id of a tier's group; null: unknown
 */
export function judgeRuleChanges(
  changes: readonly RuleChange[],
  decided: readonly Decided[],
  groupOf: (tier: string) => number | null,
): JudgedRuleChange[] {
  return changes.map((change) => {
    const at = Date.parse(change.at);
    const { decision } = decided.findLast(({ decidedAt }) => decidedAt.getTime() <= at) ?? decided[0] ?? {};
    return { ...change, ...(decision ? judge(change, decision, groupOf) : { verdict: null, wanted: null }) };
  });
}

function judge(
  { field, from, to }: RuleChange,
  decision: Decision,
  groupOf: (tier: string) => number | null,
): Pick<JudgedRuleChange, 'verdict' | 'wanted'> {
  const group = groupOf(decision.tier.value);
  if (field === 'priority') return compare(from, to, decision.priority.value);
  if (field === 'group_id') return compare(from, to, group === null ? null : String(group));
  const placed = [`category__${decision.category.value}`, `tier__${decision.tier.value}`];
  if (field === 'tags') return judgeTags(listOf(from), listOf(to), placed, decision);
  // A drop-down field whose options carry the tags of categories or tiers.
  const own = placed.find((tag) => [from, to].some((value) => isOther(value, tag) || value === tag));
  return own === undefined ? { verdict: null, wanted: null } : compare(from, to, own);
}

function compare(
  from: RuleChange['from'],
  to: RuleChange['to'],
  wanted: string | null,
): Pick<JudgedRuleChange, 'verdict' | 'wanted'> {
  if (wanted === null) return { verdict: null, wanted };
  return { verdict: to === wanted ? 'same' : from === wanted ? 'back' : 'against', wanted };
}

function judgeTags(
  from: readonly string[],
  to: readonly string[],
  placed: readonly string[],
  { tags }: Decision,
): Pick<JudgedRuleChange, 'verdict' | 'wanted'> {
  const wanted = [...placed, ...tags.map(({ value }) => value)];
  const removed = wanted.filter((tag) => from.includes(tag) && !to.includes(tag));
  if (removed.length > 0) return { verdict: 'back', wanted: removed };
  const added = to.filter((tag) => !from.includes(tag));
  const replaced = placed.filter((tag) => added.some((one) => isOther(one, tag)));
  if (replaced.length > 0) return { verdict: 'against', wanted: replaced };
  const same = wanted.filter((tag) => added.includes(tag));
  return same.length > 0 ? { verdict: 'same', wanted: same } : { verdict: null, wanted: null };
}

/** Another tag of the same kind: `category__bug` beside `category__refunds`. */
const isOther = (value: RuleChange['to'], tag: string): boolean =>
  typeof value === 'string' && value !== tag && value.startsWith(tag.slice(0, tag.indexOf('__') + 2));

const listOf = (value: RuleChange['to']): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? value.split(' ') : value;

/** `Zendesk trigger "Route VIPs" (35079792) set group from Tier 1 to VIP; against Deskwright, ...` */
export function describeRuleChange(change: JudgedRuleChange, groupName: (id: string) => string): string {
  const { kind, title, ruleId, isDeleted, field, from, to, verdict, wanted } = change;
  const rule = `Zendesk ${kind} "${title}" (${[ruleId === null ? [] : String(ruleId), isDeleted ? 'deleted since' : []].flat().join(', ')})`;
  const name = /^\d+$/.test(field) ? `custom field ${field}` : field.replace(/_id$/, '');
  const show = (value: string | readonly string[] | null): string => {
    if (value === null) return 'none';
    if (typeof value !== 'string') return value.join(', ');
    return field === 'group_id' ? groupName(value) : value;
  };
  const did =
    field === 'tags' ? describeTags(listOf(from), listOf(to)) : `set ${name} from ${show(from)} to ${show(to)}`;
  return `${rule} ${did}${describeVerdict(verdict, show(wanted))}`;
}

function describeTags(from: readonly string[], to: readonly string[]): string {
  const [added, removed] = [to.filter((tag) => !from.includes(tag)), from.filter((tag) => !to.includes(tag))];
  const parts = [
    added.length > 0 ? [`added the tag${added.length > 1 ? 's' : ''} ${added.join(', ')}`] : [],
    removed.length > 0 ? [`removed the tag${removed.length > 1 ? 's' : ''} ${removed.join(', ')}`] : [],
  ];
  return parts.flat().join(' and ');
}

function describeVerdict(verdict: JudgedRuleChange['verdict'], wanted: string): string {
  switch (verdict) {
    case 'same':
      return `; Deskwright sets the same (${wanted}): one of the two is not needed`;
    case 'against':
      return `; against Deskwright, which wants ${wanted}: take that action out of one of the two`;
    case 'back':
      return `; sets back what Deskwright wants (${wanted}): take that action out of one of the two`;
    case null:
      return '';
  }
}
