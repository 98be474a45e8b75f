// Reads the rules of an account, each record whatever its shape.

export type RawRecord = Readonly<Record<string, unknown>>;

export interface RawCondition {
  readonly field: string;
  readonly operator: string;
  /** Null: none is given. Lists as their entries joined with spaces. */
  readonly value: string | null;
}

export interface RawAction {
  readonly field: string;
  readonly values: readonly string[];
}

export type RuleKind = 'trigger' | 'automation' | 'view' | 'macro';

export interface AccountRule {
  readonly kind: RuleKind;
  readonly id: string;
  readonly title: string;
  readonly active: boolean;
  readonly description: string;
  readonly all: readonly RawCondition[];
  readonly any: readonly RawCondition[];
  readonly actions: readonly RawAction[];
  /** As read: for what only some kinds have. */
  readonly raw: RawRecord;
}

export const isRecord = (value: unknown): value is RawRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text of a number, a truth value or a text; empty for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The readable rules of a list, in the order in which Zendesk runs them, and what is odd about the others. */
export function readRules(kind: RuleKind, records: readonly unknown[]): { rules: AccountRule[]; odd: string[] } {
  const odd: string[] = [];
  const rules = records.flatMap((record, at): AccountRule[] => {
    if (!isRecord(record)) {
      odd.push(`Number ${at + 1} of the ${kind}s is not a record; it was left out.`);
      return [];
    }
    const id = textOf(record['id']) || `number ${at + 1}`;
    const title = textOf(record['title']).replace(/\s+/gu, ' ').trim();
    const conditions = isRecord(record['conditions']) ? record['conditions'] : record;
    const rule = {
      kind,
      id,
      title: title === '' ? `${kind} ${id}` : title,
      active: record['active'] !== false,
      description: textOf(record['description']).trim(),
      all: readConditions(conditions['all']),
      any: readConditions(conditions['any']),
      actions: listOf(record['actions']).filter(isRecord).map(readAction),
      raw: record,
    };
    if (title === '') odd.push(`The ${kind} ${id} has no title.`);
    const unreadable = [conditions['all'], conditions['any'], record['actions']]
      .flatMap(listOf)
      .filter((one) => !isRecord(one) || textOf(one['field']) === '').length;
    if (unreadable > 0)
      odd.push(`The ${kind} "${rule.title}" (${id}) has ${unreadable} conditions or actions without a field.`);
    return [rule];
  });
  const positionOf = ({ raw }: AccountRule): number =>
    typeof raw['position'] === 'number' ? raw['position'] : Number.MAX_SAFE_INTEGER;
  return { rules: rules.toSorted((a, b) => positionOf(a) - positionOf(b)), odd };
}

function readConditions(value: unknown): RawCondition[] {
  return listOf(value)
    .filter(isRecord)
    .map(({ field, operator, value: wanted }) => ({
      field: textOf(field),
      operator: textOf(operator) || 'is',
      value: wanted === null || wanted === undefined ? null : [wanted].flat().map(textOf).join(' ').trim(),
    }));
}

function readAction({ field, value }: RawRecord): RawAction {
  return { field: textOf(field), values: [value].flat().map(textOf) };
}
