// Checks the field, operator and value of one condition.
import { fieldNamesIn, findConditionField, isSolveField, operatorsOf } from '../condition-fields.ts';
import { isConditionOperator, OPERATOR_NAMES } from '../condition-operators.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';
import type { ConditionScope } from '../solve-fields.ts';
import { checkConditionValue } from './check-condition-value.ts';
import { shorten, unknownWord } from './check-spelling.ts';
import { meantField, meantOperator } from './zendesk-spellings.ts';

const KEYS = ['field', 'operator', 'value'] as const;

/** All that is wrong in one condition. */
export function checkCondition(
  condition: Readonly<Record<string, unknown>>,
  path: PolicyPath,
  scope: ConditionScope,
): Finding[] {
  const findings: Finding[] = [];
  for (const key of Object.keys(condition)) {
    if (KEYS.some((known) => known === key)) continue;
    const didYouMean = nearestSpelling(key, KEYS);
    findings.push(
      errorAt([...path, key], `"${shorten(key)}" is not a key of a condition`, {
        at: 'key',
        allowed: KEYS,
        ...(didYouMean !== undefined && { didYouMean }),
      }),
    );
  }
  const { field, operator } = condition;
  findings.push(...checkField(field, path, scope), ...checkOperator(field, operator, path, scope));
  if (typeof field !== 'string' || typeof operator !== 'string' || !isConditionOperator(operator)) return findings;
  const known = findConditionField(field, scope);
  if (!known || !operatorsOf(field, scope).includes(operator)) return findings;
  const given = Object.hasOwn(condition, 'value');
  return [...findings, ...checkConditionValue(known.kind, operator, given, condition.value, path)];
}

function checkField(field: unknown, path: PolicyPath, scope: ConditionScope): Finding[] {
  if (field === undefined)
    return [errorAt([...path, 'field'], 'field is missing; name a field, such as field: subject', { at: 'block' })];
  if (typeof field !== 'string')
    return [errorAt([...path, 'field'], 'field must be the name of a field', { allowed: fieldNamesIn(scope) })];
  if (findConditionField(field, scope)) return [];
  if (isSolveField(field))
    return [
      errorAt(
        [...path, 'field'],
        `${field} is known only after a ticket is solved, so it can be used only in conditions under surveys: csat or ces`,
      ),
    ];
  const allowed = [...fieldNamesIn(scope), 'custom_field:<id>'];
  return [unknownWord('field', field, allowed, [...path, 'field'], meantField(field))];
}

function checkOperator(field: unknown, operator: unknown, path: PolicyPath, scope: ConditionScope): Finding[] {
  const isField = typeof field === 'string' && findConditionField(field, scope) !== undefined;
  const fitting = isField ? operatorsOf(field, scope) : OPERATOR_NAMES;
  if (operator === undefined) {
    return [errorAt([...path, 'operator'], 'operator is missing; choose one', { at: 'block', allowed: fitting })];
  }
  const at = [...path, 'operator'];
  if (typeof operator !== 'string')
    return [errorAt(at, 'operator must be the name of an operator', { allowed: fitting })];
  if (!isConditionOperator(operator)) {
    const meant = meantOperator(operator);
    return [unknownWord('operator', operator, fitting, at, meant && isIn(meant, fitting) ? meant : undefined)];
  }
  if (isIn(operator, fitting)) return [];
  return [errorAt(at, `operator ${operator} does not fit the field ${String(field)}`, { allowed: fitting })];
}

function isIn(word: string, words: readonly string[]): boolean {
  return words.includes(word);
}
