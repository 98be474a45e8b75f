// Writes one change of an object as text for the terminal.
import type { FieldChange, StepAction } from './plan.ts';

/** What a field has and what it is to have. */
export function describeChange({ field, from, to }: Omit<FieldChange, 'drifted'>, action: StepAction): string[] {
  if (isOptions(to) && (isOptions(from) || from === null)) return describeOptions(field, from ?? [], to);
  if (isTexts(from) && isTexts(to)) {
    const added = to.filter((each) => !from.includes(each)).map((each) => `        + ${each}`);
    const gone = from.filter((each) => !to.includes(each)).map((each) => `        - ${each}`);
    return [`      ${field}:`, ...added, ...gone];
  }
  return [action === 'create' ? `      ${field}: ${show(to)}` : `      ${field}: ${show(from)} -> ${show(to)}`];
}

type Options = readonly { name: string; value: string }[];
const isOptions = (value: unknown): value is Options =>
  Array.isArray(value) &&
  value.every((each) => typeof each === 'object' && each !== null && 'name' in each && 'value' in each);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

function describeOptions(field: string, from: Options, to: Options): string[] {
  const before = new Map(from.map(({ name, value }) => [value, name]));
  const after = new Map(to.map(({ name, value }) => [value, name]));
  const lines = [
    ...to.flatMap(({ name, value }) => {
      const former = before.get(value);
      if (former === undefined) return [`+ "${name}" (${value})`];
      return former === name ? [] : [`~ "${former}" -> "${name}" (${value})`];
    }),
    ...from.flatMap(({ name, value }) => (after.has(value) ? [] : [`- "${name}" (${value})`])),
  ];
  return [`      ${field}:${lines.length === 0 ? ' another order' : ''}`, ...lines.map((line) => `        ${line}`)];
}

interface Condition {
  field: string;
  operator: string;
  value: string | null;
}
type Conditions = Readonly<Record<'all' | 'any', readonly Condition[]>>;
const isConditions = (value: unknown): value is Conditions =>
  typeof value === 'object' && value !== null && 'all' in value && 'any' in value;

function showConditions({ all, any }: Conditions): string {
  const said = (list: readonly Condition[], word: string) =>
    list.map(({ field, operator, value }) => `${field} ${operator} ${value || 'nobody'}`).join(` ${word} `);
  return [said(all, 'and'), any.length > 0 ? `(${said(any, 'or')})` : ''].filter(Boolean).join(' and ');
}

interface Action {
  field: string;
  value: unknown;
}
const isAction = (value: unknown): value is Action =>
  typeof value === 'object' && value !== null && 'field' in value && 'value' in value;

interface Restriction {
  type: string;
  ids: readonly string[];
}
const isRestriction = (value: unknown): value is Restriction =>
  typeof value === 'object' && value !== null && 'type' in value && 'ids' in value;

function show(value: unknown): string {
  if (isConditions(value)) return showConditions(value);
  if (isAction(value)) return `${value.field} ${JSON.stringify(value.value)}`;
  if (isRestriction(value)) return `only ${value.type.toLowerCase()} ${value.ids.join(', ')}`;
  if (Array.isArray(value)) return value.length > 4 ? `${value.length} values` : value.map(show).join(', ') || 'none';
  return value === null || value === undefined || value === ''
    ? 'none'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}
