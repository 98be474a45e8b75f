// Builds the JSON Schema of a condition.
import { GROUP_KEYS } from '../condition.ts';
import {
  CUSTOM_FIELD_PATTERN,
  FIELD_KINDS,
  fieldNamesIn,
  findConditionField,
  operatorsOf,
} from '../condition-fields.ts';
import { CONDITION_OPERATORS, OPERATOR_NAMES, type ValueShape } from '../condition-operators.ts';
import type { ConditionScope } from '../solve-fields.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const GROUP_MEANINGS = {
  all: 'Every one of these must hold.',
  any: 'At least one of these must hold.',
  none: 'Not one of these may hold.',
} as const;

/** The definitions `conditions`, `condition` and `condition_or_group` (JSON Schema draft 7), and those with `solve_` before. */
export const conditionDefinitions = (): Record<string, JsonSchema> => ({
  ...definitionsFor('ticket', ''),
  ...definitionsFor('solve', 'solve_'),
});

function definitionsFor(scope: ConditionScope, prefix: string): Record<string, JsonSchema> {
  const names = fieldNamesIn(scope);
  const list = (description: string) => ({
    type: 'array',
    minItems: 1,
    description,
    items: { $ref: `#/definitions/${prefix}condition_or_group` },
  });
  return {
    [`${prefix}conditions`]: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: Object.fromEntries(GROUP_KEYS.map((key) => [key, list(GROUP_MEANINGS[key])])),
    },
    // `if` rather than `anyOf`: an editor then says what is wrong with the condition, not that it is neither.
    [`${prefix}condition_or_group`]: {
      if: { anyOf: GROUP_KEYS.map((key) => ({ required: [key] })) },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { $ref: `#/definitions/${prefix}conditions` },
      else: { $ref: `#/definitions/${prefix}condition` },
    },
    [`${prefix}condition`]: {
      type: 'object',
      additionalProperties: false,
      required: ['field', 'operator'],
      properties: {
        field: {
          description: 'What to look at.',
          anyOf: [
            { enum: names, enumDescriptions: names.map((name) => findConditionField(name, scope)?.meaning ?? '') },
            { type: 'string', pattern: CUSTOM_FIELD_PATTERN.source },
          ],
        },
        operator: {
          description: 'How to compare.',
          enum: OPERATOR_NAMES,
          enumDescriptions: OPERATOR_NAMES.map((name) => CONDITION_OPERATORS[name].meaning),
        },
        value: {
          description:
            'What to compare with; a list for the operators that look for words. There, `refund*` takes any ending, `*rechnung` any beginning, `refund~` misspellings, and `exact:año` wants each letter as written.',
        },
      },
      allOf: [...operatorsByField(scope), ...valuesByOperator(), ...valuesByField(scope)],
    },
  };
}

/** Fields that take the same operators share one rule. */
function operatorsByField(scope: ConditionScope): JsonSchema[] {
  const fieldsByOperators = new Map<string, string[]>();
  for (const name of fieldNamesIn(scope)) {
    const operators = operatorsOf(name, scope).join(' ');
    fieldsByOperators.set(operators, [...(fieldsByOperators.get(operators) ?? []), name]);
  }
  return [...fieldsByOperators].map(([operators, fields]) =>
    rule({ field: { enum: fields } }, { operator: { enum: operators.split(' ') } }),
  );
}

function valuesByOperator(): JsonSchema[] {
  const operatorsWith = (shape: ValueShape) =>
    OPERATOR_NAMES.filter((name) => CONDITION_OPERATORS[name].shape === shape);
  const when = (shape: ValueShape, then: JsonSchema) => ({
    if: { required: ['operator'], properties: { operator: { enum: operatorsWith(shape) } } },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then,
  });
  const needs = (value: JsonSchema) => ({ required: ['value'], properties: { value } });
  return [
    when('one', needs({ type: ['string', 'number', 'boolean'] })),
    when('words', needs({ type: 'array', minItems: 1, items: { type: ['string', 'number'] } })),
    when('pattern', needs({ type: 'string', minLength: 1 })),
    when('none', { not: { required: ['value'] } }),
  ];
}

/** Fields that know only certain words, and those that are numbers. */
function valuesByField(scope: ConditionScope): JsonSchema[] {
  return fieldNamesIn(scope).flatMap((name) => {
    const { allowed, value } = FIELD_KINDS[findConditionField(name, scope)?.kind ?? 'text'];
    if (value === 'boolean') return [rule({ field: { const: name } }, { value: { type: 'boolean' } })];
    if (value === 'number') return [rule({ field: { const: name } }, { value: { type: 'number', minimum: 0 } })];
    if (!allowed) return [];
    const word = { enum: allowed };
    return [rule({ field: { const: name } }, { value: { anyOf: [word, { type: 'array', items: word }] } })];
  });
}

function rule(when: JsonSchema, then: JsonSchema): JsonSchema {
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  return { if: { required: Object.keys(when), properties: when }, then: { properties: then } };
}
