// Describes what a trigger or an automation of Zendesk changed, and where that contradicts Deskwright.
import type { JudgedRuleChange } from './judge-rule-changes.ts';

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

const listOf = (value: string | readonly string[] | null): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? value.split(' ') : value;

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
