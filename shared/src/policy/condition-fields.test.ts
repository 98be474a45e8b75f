import { checkConditions } from './check/check-conditions.ts';
import { FIELD_NAMES, operatorsOf } from './condition-fields.ts';
import { CONDITION_OPERATORS, OPERATOR_NAMES } from './condition-operators.ts';

describe('every field with every operator it allows', () => {
  const VALUES = { status: 'open', priority: 'high', type: 'incident' } as Record<string, string>;
  const pairs = [...FIELD_NAMES, 'custom_field:360001'].flatMap((field) =>
    operatorsOf(field).map((operator) => ({ field, operator })),
  );

  function valueFor(field: string, operator: keyof typeof CONDITION_OPERATORS): Record<string, unknown> {
    const word = VALUES[field] ?? 'word';
    switch (CONDITION_OPERATORS[operator].shape) {
      case 'none':
        return {};
      case 'words':
        return { value: [word] };
      case 'pattern':
        return { value: 'x+' };
      case 'one':
        return {
          value:
            field.endsWith('hours') ||
            field.endsWith('ago') ||
            (field.startsWith('custom') && operator.endsWith('than'))
              ? 3
              : word,
        };
    }
  }

  test.each(pairs)('$field $operator is accepted', ({ field, operator }) => {
    expect(checkConditions({ all: [{ field, operator, ...valueFor(field, operator) }] })).toEqual([]);
  });

  it('every operator is allowed for some field', () => {
    expect(new Set(pairs.map((pair) => pair.operator))).toEqual(new Set(OPERATOR_NAMES));
  });
});
