// Writes a plan and each change in it as text for the terminal.
import { KINDS } from './kinds.ts';
import type { FieldChange, Plan, Step, StepAction } from './plan.ts';

const SIGNS: Record<StepAction, string> = {
  create: '+ create',
  change: '~ change',
  remove: '- remove',
  record: '= record',
  release: '= forget',
};

/** What each step costs: an object is read before it is written, and again after a change. */
const CALLS: Record<StepAction, { all: number; writes: number }> = {
  create: { all: 1, writes: 1 },
  change: { all: 3, writes: 1 },
  remove: { all: 2, writes: 1 },
  record: { all: 1, writes: 0 },
  release: { all: 0, writes: 0 },
};

/** The lists that are read before the first step; the macros only where the policy has some in Zendesk. */
const LISTS = 4;

/** See docs/decisions/0015. */
const TRIGGERS = "Zendesk's triggers: none needed; the webhook is sent every event, and the rules are the policy's.";

interface Cost {
  calls: number;
  /** Rounded up. */
  minutes: number;
}

/** @param perMinute writes that the budget allows */
export function costOf({ steps }: Pick<Plan, 'steps'>, perMinute: number): Cost {
  if (steps.length === 0) return { calls: 0, minutes: 0 };
  const sum = (which: 'all' | 'writes') => steps.reduce((total, { action }) => total + CALLS[action][which], 0);
  return {
    calls: LISTS + (steps.some(({ kind }) => kind === 'macro') ? 1 : 0) + sum('all'),
    minutes: Math.max(1, Math.ceil(sum('writes') / perMinute)),
  };
}

export function describePlan(plan: Plan, perMinute: number): string {
  const { steps, notices } = plan;
  const lines = steps.flatMap((step) => [...describeStep(step), '']);
  const attention = notices.filter(({ level }) => level === 'attention');
  const info = notices.filter(({ level }) => level === 'info');
  if (attention.length > 0) lines.push('Left to you:', ...attention.map(({ message }) => `  * ${message}`), '');
  if (info.length > 0)
    lines.push('For your information:', ...info.map(({ key, message }) => `  * ${key}: ${message}`), '');
  if (plan.purpose.kind === 'apply' && steps.length > 0) lines.push(TRIGGERS);
  return [...lines, summaryOf(plan, costOf(plan, perMinute))].join('\n');
}

function describeStep(step: Step): string[] {
  const { action, kind, name, key, changes, changedBy, warnings, origin } = step;
  const adopts = action === 'record' && origin === 'adopted';
  const why = action === 'release' ? ' (it stays in Zendesk)' : adopts ? ' (somebody else made it)' : '';
  return [
    `  ${SIGNS[action]} ${KINDS[kind].noun} "${name}" [${key}]${why}`,
    ...changes.flatMap((change) => describeChange(change, action)),
    ...(isDrifted(step)
      ? [
          `      changed in Zendesk since the last apply, by ${changedBy ? `${changedBy.name} at ${changedBy.at}` : 'unknown'}`,
        ]
      : []),
    ...warnings.map((warning) => `      ! ${warning}`),
  ];
}

function summaryOf({ steps }: Plan, { calls, minutes }: Cost): string {
  if (steps.length === 0) return 'Nothing to do: the account has what the policy wants.';
  const count = (...actions: StepAction[]) => steps.filter(({ action }) => actions.includes(action)).length;
  const kept = count('record', 'release');
  const parts = [
    `${count('create')} to create`,
    `${count('change')} to change`,
    `${count('remove')} to remove`,
    ...(kept > 0 ? [`${kept} only to record`] : []),
  ];
  const cost = `${calls} API calls, about ${minutes} minute${minutes === 1 ? '' : 's'}.`;
  return [`${parts.join(', ')}. ${cost}`, ...describeDrifted(steps)].join('\n');
}

const isDrifted = ({ changes, changedBy }: Step): boolean =>
  changedBy !== null || changes.some(({ drifted }) => drifted);

function describeDrifted(steps: readonly Step[]): string[] {
  const drifted = steps.filter(isDrifted);
  if (drifted.length === 0) return [];
  const who = [...new Set(drifted.map(({ changedBy }) => changedBy?.name ?? 'unknown'))].join(', ');
  return [`Of these, ${drifted.length} changed in Zendesk since the last apply, by ${who}.`];
}

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
