// Writes conditions on one line, in the words of the policy file.
import type { ConditionNode } from '@deskwright/shared';
import { shownCondition } from '../rules/condition-tree.ts';

/** Words listed before "and n more". */
const MOST_WORDS = 5;

/** `text includes_any [refund, money back]`, `any of (...; ...)`; with `holds: false` its opposite. */
export function describeConditions(node: ConditionNode, holds = true): string {
  if ('field' in node) {
    const { field, operator, wanted } = shownCondition(node, !holds);
    return [field, operator, ...(wanted === null ? [] : [describeValue(wanted)])].join(' ');
  }
  const { all = [], any = [], none = [] } = node;
  const parts = [
    ...all.map((one) => describeConditions(one, holds)),
    ...(any.length > 0 ? [listed(any, holds, holds ? 'any of' : '')] : []),
    ...none.map((one) => describeConditions(one, !holds)),
  ].filter((part) => part !== '');
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return holds ? parts.join(' and ') : `not all of (${parts.join('; ')})`;
}

function listed(nodes: readonly ConditionNode[], holds: boolean, how: string): string {
  const texts = nodes.map((one) => describeConditions(one, holds));
  if (texts.length === 1) return texts.join('');
  return how === '' ? texts.join(' and ') : `${how} (${texts.join('; ')})`;
}

function describeValue(value: unknown): string {
  if (!Array.isArray(value))
    return typeof value === 'string' && /\s|^$/.test(value) ? JSON.stringify(value) : String(value);
  const shown = value.slice(0, MOST_WORDS).map(String).join(', ');
  return `[${shown}${value.length > MOST_WORDS ? `, and ${value.length - MOST_WORDS} more` : ''}]`;
}
