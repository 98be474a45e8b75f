// Finds conditions that contradict one another.
import { FIELD_KINDS, findConditionField } from '../condition-fields.ts';
import type { PolicyPath } from '../finding.ts';
import type { Must } from './must-hold.ts';
import { leavesNoHours } from './possible-hours.ts';
import { leavesNoText } from './possible-text.ts';

/**
 * The condition after which no ticket can match, or undefined. Conservative: what it names can never
 * fire, but it does not find every impossible group.
 */
export function findContradiction(musts: readonly Must[]): { path: PolicyPath; field: string } | undefined {
  const byField = new Map<string, Must[]>();
  for (const must of musts) {
    const { field } = must.condition;
    // `channel` is another word for `via`.
    const key = field === 'channel' ? 'via' : field;
    const together = [...(byField.get(key) ?? []), must];
    byField.set(key, together);
    if (leavesNothing(field, together)) return { path: must.path, field };
  }
  return undefined;
}

function leavesNothing(field: string, musts: readonly Must[]): boolean {
  const definition = findConditionField(field, 'solve');
  if (!definition) return false;
  switch (definition.kind) {
    case 'status':
    case 'priority':
    case 'type':
    case 'solver':
      return leavesNoWord(FIELD_KINDS[definition.kind].allowed ?? [], definition.kind !== 'status', musts);
    case 'hours':
    case 'minutes':
      return leavesNoHours(musts);
    case 'name':
    case 'text':
    case 'words':
    case 'id':
      return leavesNoText(musts, false);
    case 'yes_no':
    case 'custom':
      return leavesNoText(musts, true);
  }
}

/** Tries every possible value, and the empty field if allowed. */
function leavesNoWord(words: readonly string[], mayBeEmpty: boolean, musts: readonly Must[]): boolean {
  const values = mayBeEmpty ? [...words, null] : words;
  return !values.some((value) => musts.every((must) => holdsFor(value, words, must) !== must.negated));
}

function holdsFor(value: string | null, order: readonly string[], { condition }: Must): boolean {
  const wanted = [condition.value ?? []].flat().map(String);
  const place = value === null ? Number.NaN : order.indexOf(value) - order.indexOf(wanted[0] ?? '');
  switch (condition.operator) {
    case 'is':
    case 'includes_any':
      return value !== null && wanted.includes(value);
    case 'is_not':
    case 'includes_none':
      return value === null || !wanted.includes(value);
    case 'less_than':
      return place < 0;
    case 'greater_than':
      return place > 0;
    case 'absent':
      return value === null;
    default:
      return value !== null;
  }
}
