// Translates conditions into clauses about a ticket, and how these depend on one another.
import {
  type Condition,
  type ConditionGroup,
  type ConditionNode,
  isCondition,
  PRIORITIES,
  STATUSES,
  TICKET_TYPES,
} from '@deskwright/shared';
import { EMPTY_TICKET } from '../empty-ticket.ts';
import { compileRuleSet } from '../rules/rule-set.ts';
import { type AgeTheory, buildAgeTheory } from './age-theory.ts';
import { buildFieldTheory, type FieldAtoms, type FieldTheory, type ValueKind } from './field-theory.ts';
import { allOf, anyOf, type Formula, literal, negationOf } from './formula.ts';
import type { Literal, Solver } from './solver.ts';

/** The values of a field that has few, each with the literal that stands for it. Null: empty. */
type Choices = ReadonlyMap<string | null, Literal>;

/** All that was asked about the tickets of one solver. */
export interface TicketAtoms {
  readonly fields: ReadonlyMap<string, FieldAtoms>;
  readonly choices: ReadonlyMap<string, Choices>;
  readonly ages: ReadonlyMap<string, AgeTheory>;
}

export interface TicketTheory {
  readonly atoms: TicketAtoms;
  /** What a group or condition says. */
  readonly formulaOf: (node: ConditionNode) => Formula;
}

/** In the order in which examples take them. */
const CHOICES: Readonly<Record<string, ReadonlyArray<string | null>>> = {
  status: STATUSES,
  priority: [null, ...PRIORITIES],
  type: [null, ...TICKET_TYPES],
};

const TEXT_FIELDS: ReadonlySet<string> = new Set([
  'subject',
  'description',
  'comment',
  'full subject',
  'full description',
]);

/** Fields that read several texts, each on its own for words. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  text: ['subject', 'description'],
  full_text: ['full subject', 'full description'],
};

export function buildTicketTheory(solver: Solver): TicketTheory {
  const fields = new Map<string, FieldTheory>();
  const choices = new Map<string, Choices>();
  const ages = new Map<string, AgeTheory>();
  const leaves = new Map<string, Formula>();

  function fieldOf(field: string): FieldTheory {
    const known = fields.get(field);
    if (known !== undefined) return known;
    const made = buildFieldTheory(field, kindOf(field), solver);
    fields.set(field, made);
    const parts = PARTS[field]?.map((part) => fieldOf(part).present);
    if (parts !== undefined) {
      solver.add([-made.present, ...parts]);
      for (const part of parts) solver.add([-part, made.present]);
    }
    return made;
  }

  function choicesOf(field: string, values: ReadonlyArray<string | null>): Choices {
    const known = choices.get(field);
    if (known !== undefined) return known;
    const made = new Map(values.map((value) => [value, solver.newVariable(true)]));
    const literals = [...made.values()];
    solver.add(literals);
    for (const [at, one] of literals.entries()) for (const other of literals.slice(at + 1)) solver.add([-one, -other]);
    choices.set(field, made);
    return made;
  }

  function ageOf(field: string): AgeTheory {
    const known = ages.get(field) ?? buildAgeTheory(field, solver);
    ages.set(field, known);
    return known;
  }

  /** Whether a phrase is in a field, whose texts are searched one by one. */
  function wordIn(field: string, phrase: string): Formula {
    const parts = PARTS[field] ?? [field];
    // `full_text` has all that the others have: a word of the text is in it, but two words may be apart in it.
    if (field === 'full_text' && SINGLE_WORD.test(phrase)) {
      for (const part of parts) solver.add([-fieldOf(part.slice(5)).word(phrase), fieldOf(part).word(phrase)]);
    }
    return anyOf(parts.map((part) => literal(fieldOf(part).word(phrase))));
  }

  function leafOf(condition: Condition): Formula {
    const { operator, value } = condition;
    const field = condition.field === 'channel' ? 'via' : condition.field;
    const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
    const few = CHOICES[field];
    if (few !== undefined) {
      const own = choicesOf(field, few);
      const accepted = acceptedBy({ ...condition, field }, few);
      return anyOf([...own].flatMap(([one, chosen]) => (accepted.has(one) ? [literal(chosen)] : [])));
    }
    if (field === 'created_hours_ago' || field === 'waiting_hours') return ageOf(field).formulaOf(condition);
    switch (operator) {
      case 'includes_any':
        return anyOf(values.map((phrase) => wordIn(field, String(phrase))));
      case 'includes_all':
        return allOf(values.map((phrase) => wordIn(field, String(phrase))));
      case 'includes_none':
        return negationOf(anyOf(values.map((phrase) => wordIn(field, String(phrase)))));
      case 'matches':
      case 'not_matches': {
        const found = literal(fieldOf(field).pattern(String(value)));
        return operator === 'matches' ? found : negationOf(found);
      }
      case 'is':
      case 'is_not': {
        const equal = anyOf(values.map((one) => literal(fieldOf(field).equal(one))));
        return operator === 'is' ? equal : negationOf(equal);
      }
      case 'present':
      case 'absent': {
        const { present } = fieldOf(field);
        return literal(operator === 'present' ? present : -present);
      }
      case 'less_than':
        return literal(fieldOf(field).belowLimit(Number(value)));
      case 'greater_than':
        return literal(fieldOf(field).aboveLimit(Number(value)));
      default:
        throw new Error(`There is no operator "${operator}"`);
    }
  }

  function formulaOf(node: ConditionNode): Formula {
    if (!isCondition(node)) return groupOf(node);
    const key = JSON.stringify([node.field, node.operator, node.value]);
    const made = leaves.get(key) ?? leafOf(node);
    leaves.set(key, made);
    return made;
  }

  function groupOf({ all = [], any = [], none = [] }: ConditionGroup): Formula {
    return allOf([
      ...all.map(formulaOf),
      ...(any.length > 0 ? [anyOf(any.map(formulaOf))] : []),
      ...none.map((node) => negationOf(formulaOf(node))),
    ]);
  }

  return { atoms: { fields, choices, ages }, formulaOf };
}

const accepted = new Map<string, ReadonlySet<string | null>>();
const MOST_KEPT = 10_000;

/** The values of a field for which its condition holds, as the engine says. */
function acceptedBy(condition: Condition, values: ReadonlyArray<string | null>): ReadonlySet<string | null> {
  const key = JSON.stringify([condition.field, condition.operator, condition.value]);
  const known = accepted.get(key);
  if (known !== undefined) return known;
  if (accepted.size >= MOST_KEPT) accepted.clear();
  const { answer } = compileRuleSet([{ all: [condition] }]);
  const made = new Set(
    values.filter((value) => answer({ ...EMPTY_TICKET, [condition.field]: value }).distances[0] === 0),
  );
  accepted.set(key, made);
  return made;
}

/** One plain word, which is one word wherever it stands. */
const SINGLE_WORD = /^[a-z0-9]+$/i;

function kindOf(field: string): ValueKind {
  if (field === 'tags') return 'list';
  if (field.startsWith('custom_field:')) return 'custom';
  return TEXT_FIELDS.has(field) || PARTS[field] !== undefined ? 'text' : 'name';
}
