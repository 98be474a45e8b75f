// Finds conditions that contradict one another.
import { foldText } from '../../words/fold-text.ts';
import { EXACTLY } from '../../words/parse-phrase.ts';
import { FIELD_KINDS, findConditionField } from '../condition-fields.ts';
import type { PolicyPath } from '../finding.ts';
import type { Must } from './must-hold.ts';

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

/** True when no number of hours, and no empty field, satisfies every condition. Hours are never negative. */
function leavesNoHours(musts: readonly Must[]): boolean {
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  // Whether the bound itself is still possible.
  let leastCounts = true;
  let mostCounts = true;
  let mayBeEmpty = true;
  let mayBeFilled = true;
  for (const { condition, negated } of musts) {
    const bound = Number(condition.value);
    switch (condition.operator) {
      case 'less_than':
      case 'greater_than':
        // An empty field is neither below nor above, so only the negation leaves it possible.
        mayBeEmpty &&= negated;
        if ((condition.operator === 'less_than') !== negated) {
          if (bound < most || (bound === most && !negated)) [most, mostCounts] = [bound, negated];
        } else if (bound > least || (bound === least && !negated)) {
          [least, leastCounts] = [bound, negated];
        }
        break;
      default:
        if ((condition.operator === 'present') !== negated) mayBeEmpty = false;
        else mayBeFilled = false;
    }
  }
  const isFilledPossible = least < most || (least === most && leastCounts && mostCounts);
  return !mayBeEmpty && !(mayBeFilled && isFilledPossible);
}

/**
 * True if the conditions contradict each other, without analysing the words.
 * @param mayBeList whether the field may have several values, each of which matches `is`
 */
function leavesNoText(musts: readonly Must[], mayBeList: boolean): boolean {
  const holding = musts.filter((must) => !must.negated);
  if (isOpposed(musts)) return true;
  const is = valuesOf(holding, 'is');
  if (!mayBeList && new Set(is).size > 1) return true;
  const isNot = valuesOf(holding, 'is_not');
  if (is.some((value) => isNot.includes(value))) return true;
  const excluded = valuesOf(holding, 'includes_none');
  if (valuesOf(holding, 'includes_all').some((word) => excluded.includes(word))) return true;
  const isHopeless = (must: Must) => listOf(must).every((word) => excluded.includes(word));
  if (holding.some((must) => must.condition.operator === 'includes_any' && isHopeless(must))) return true;
  const isEmpty = holding.some((must) => must.condition.operator === 'absent');
  return isEmpty && holding.some((must) => NEEDS_TEXT.includes(must.condition.operator));
}

/** None of these can hold for an empty field. */
const NEEDS_TEXT = ['is', 'less_than', 'greater_than', 'includes_any', 'includes_all', 'present'];

/** The same condition is required in `all` and, word for word, excluded in `none`. */
function isOpposed(musts: readonly Must[]): boolean {
  const keyOf = ({ condition: { operator, value } }: Must) => JSON.stringify([operator, value]);
  const refused = new Set(musts.filter((must) => must.negated).map(keyOf));
  return musts.some((must) => !must.negated && refused.has(keyOf(must)));
}

function valuesOf(musts: readonly Must[], operator: string): string[] {
  return musts.filter((must) => must.condition.operator === operator).flatMap(listOf);
}

function listOf({ condition }: Must): string[] {
  return [condition.value ?? []].flat().map((value) => foldValue(String(value)));
}

/** Values that are certainly equal have the same form; with `exact:` only identical ones. */
const foldValue = (value: string): string => (value.startsWith(EXACTLY) ? value : foldText(value)).trim();
