// How does a condition that compares, searches or asks for presence get its answer?
import type { Condition, TicketFacts } from '@deskwright/shared';
import { equalityWith, placeAgainst } from './compare-values.ts';
import { cutText } from './cut-text.ts';
import { compilePattern } from './match-pattern.ts';
import type { FieldValue, ReadField } from './read-field.ts';
import { isEmpty, readerOf } from './read-field.ts';

interface Comparison {
  readonly holds: (facts: TicketFacts) => boolean;
  readonly saw: (facts: TicketFacts) => unknown;
}

/** Answers for every operator but the three that look for words. */
export function compareLeaf(condition: Condition): Comparison {
  const read = readerOf(condition.field);
  switch (condition.operator) {
    case 'matches':
    case 'not_matches':
      return patternComparison(condition, read);
    default: {
      const test = testOf(condition);
      return { holds: (facts) => test(read(facts)), saw: (facts) => shown(read(facts)) };
    }
  }
}

function patternComparison({ operator, value }: Condition, read: ReadField): Comparison {
  const { test, find } = compilePattern(String(value));
  const wanted = operator === 'matches';
  return {
    holds: (facts) => textsOf(read(facts)).some(test) === wanted,
    saw: (facts) => {
      for (const text of textsOf(read(facts))) {
        const found = find(text);
        if (found !== null) return cutText(found);
      }
      return shown(read(facts));
    },
  };
}

function testOf({ field, operator, value }: Condition): (value: FieldValue) => boolean {
  const wanted = value === undefined ? [] : Array.isArray(value) ? value : [value];
  switch (operator) {
    case 'is':
    case 'is_not': {
      const tests = wanted.map(equalityWith);
      return (seen) => tests.some((same) => same(seen)) === (operator === 'is');
    }
    case 'less_than':
    case 'greater_than': {
      const place = placeAgainst(field, wanted[0] ?? '');
      return operator === 'less_than' ? (seen) => place(seen) < 0 : (seen) => place(seen) > 0;
    }
    case 'present':
      return (seen) => !isEmpty(seen);
    case 'absent':
      return isEmpty;
    default:
      throw new Error(`There is no operator "${operator}"`);
  }
}

function textsOf(value: FieldValue): readonly string[] {
  if (value === null) return [];
  return typeof value === 'object' ? value : [String(value)];
}

const shown = (value: FieldValue): unknown => (typeof value === 'string' ? cutText(value.trim()) : value);
