// Checks a condition's value against its field and operator.
import { FIELD_KINDS, type FieldKind } from '../condition-fields.ts';
import { CONDITION_OPERATORS, type ConditionOperator } from '../condition-operators.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { checkPattern } from './check-pattern.ts';
import { checkPhrase } from './check-phrase.ts';
import { shorten, unknownWord } from './check-spelling.ts';

const MOST_WORDS = 1000;
const LONGEST_WORD = 500;

/**
 * All that is wrong with a value, for an operator that fits its field.
 * @param given whether the key `value` is written at all
 * @param path of the condition
 */
export function checkConditionValue(
  kind: FieldKind,
  operator: ConditionOperator,
  given: boolean,
  value: unknown,
  path: PolicyPath,
): Finding[] {
  const { shape } = CONDITION_OPERATORS[operator];
  const at = [...path, 'value'];
  if (shape === 'none')
    return given ? [errorAt(at, `operator ${operator} takes no value; remove it`, { at: 'key' })] : [];
  if (!given) return [errorAt(at, `value is missing; operator ${operator} needs one`, { at: 'block' })];
  switch (shape) {
    case 'one':
      return checkOne(kind, operator, value, at);
    case 'words':
      return checkWords(kind, operator, value, at);
    case 'pattern':
      return checkPattern(value, at);
  }
}

function checkOne(kind: FieldKind, operator: ConditionOperator, value: unknown, at: PolicyPath): Finding[] {
  const { value: type, allowed } = FIELD_KINDS[kind];
  if (Array.isArray(value))
    return [errorAt(at, `operator ${operator} takes one value, not a list; for a list use includes_any`)];
  if (type === 'number' || (type === 'any' && (operator === 'less_than' || operator === 'greater_than'))) {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return [errorAt(at, `value must be a number${inUnit(kind)}`)];
    return isTime(kind) && value < 0 ? [errorAt(at, `value must be 0 ${kind} or more`)] : [];
  }
  if (type === 'boolean') return typeof value === 'boolean' ? [] : [errorAt(at, 'value must be true or false')];
  if (type === 'any' && (typeof value === 'number' || typeof value === 'boolean')) return [];
  return checkWord(value, at, allowed);
}

const isTime = (kind: FieldKind): boolean => kind === 'hours' || kind === 'minutes';

function inUnit(kind: FieldKind): string {
  return isTime(kind) ? ` of ${kind}, without a unit: value: 24` : '';
}

function checkWords(kind: FieldKind, operator: ConditionOperator, value: unknown, at: PolicyPath): Finding[] {
  if (!Array.isArray(value)) {
    const hint =
      typeof value === 'string' ? `, also for one word: [${shorten(value)}]` : ' of words: [refund, "money back"]';
    return [errorAt(at, `operator ${operator} takes a list${hint}`)];
  }
  if (value.length === 0)
    return [errorAt(at, `the list is empty, so operator ${operator} matches nothing; add at least one entry`)];
  if (value.length > MOST_WORDS)
    return [errorAt(at, `the list has more than ${MOST_WORDS} entries; use matches, or split it`)];
  return value.flatMap((word: unknown, index) => {
    const here = [...at, index];
    if (typeof word === 'number' && kind === 'custom') return [];
    const { allowed } = FIELD_KINDS[kind];
    const wrong = checkWord(word, here, allowed);
    return wrong.length > 0 || typeof word !== 'string' || allowed ? wrong : checkPhrase(word, here, kind === 'words');
  });
}

function checkWord(word: unknown, at: PolicyPath, allowed: readonly string[] | undefined): Finding[] {
  if (typeof word === 'number' || typeof word === 'boolean')
    return [errorAt(at, `must be text; put it in quotes: "${word}"`)];
  if (typeof word === 'object' && word !== null && 'exact' in word)
    return [errorAt(at, 'must be text; write exact: without a space after it, or in quotes: "exact: ..."')];
  if (typeof word !== 'string') return [errorAt(at, 'must be text')];
  if (word.trim() === '') return [errorAt(at, 'is empty; to match an empty field, use the operator absent')];
  if (word.length > LONGEST_WORD) return [errorAt(at, `is longer than ${LONGEST_WORD} characters`)];
  return allowed && !allowed.includes(word) ? [unknownWord('value', word, allowed, at)] : [];
}
