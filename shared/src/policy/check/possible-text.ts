// Checks whether a text, name or set of tags satisfying all conditions exists.

import { foldText } from '../../words/fold-text.ts';
import { EXACTLY } from '../../words/parse-phrase.ts';
import type { Must } from './must-hold.ts';

/**
 * True if the conditions contradict each other, without analysing the words.
 * @param mayBeList whether the field may have several values, each of which matches `is`
 */
export function leavesNoText(musts: readonly Must[], mayBeList: boolean): boolean {
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
