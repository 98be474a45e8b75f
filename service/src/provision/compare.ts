// Compares the account with the policy. Pure.
import type { RawObject } from '../zendesk/account-objects.ts';
import { decideOne, type Verdict } from './decide-step.ts';
import type { DesiredState } from './desired-object.ts';
import { type AccountState, findById, findObject } from './find-objects.ts';
import { KINDS, nameOf, valuesOf } from './kinds.ts';
import { idOf, type Notice, type ObjectRecord, type Observed, type Step } from './plan.ts';

export interface Comparison {
  steps: Step[];
  notices: Notice[];
  observed: Record<string, Observed | null>;
  /** By key, of what the policy names. */
  verdicts: Record<string, Verdict>;
}

/** Groups come before what may need them; removals come last. */
const KIND_ORDER = ['group', 'ticket_field', 'view', 'macro', 'webhook'] as const;

export function compare(
  { objects, unknown }: DesiredState,
  account: AccountState,
  records: ReadonlyMap<string, ObjectRecord>,
): Comparison {
  const keys = new Set(objects.map(({ key }) => key));
  const steps: Step[] = [];
  const notices: Notice[] = unknown.map(({ key, reason }) => ({ key, message: reason, level: 'info' }));
  const observed: Comparison['observed'] = {};
  const verdicts: Comparison['verdicts'] = {};
  const moved = new Set<string>();
  for (const desired of objects.toSorted((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind))) {
    const { found, formerKey } = findObject(desired, account, records, (key) => keys.has(key));
    observed[desired.key] = found && observe(desired.kind, found.raw);
    const record = records.get(formerKey ?? desired.key) ?? null;
    if (formerKey !== null) moved.add(formerKey);
    const decided = decideOne({ desired, found, record, account, isMoved: formerKey !== null });
    if (decided.step) steps.push(decided.step);
    notices.push(...decided.notices);
    verdicts[desired.key] = decided.verdict;
  }
  const kept = new Set([...keys, ...unknown.map(({ key }) => key)]);
  for (const record of records.values()) {
    if (kept.has(record.key)) continue;
    const raw = findById(account, record.kind, record.zendeskId);
    observed[record.key] = raw ? observe(record.kind, raw) : null;
    steps.push(end(record, raw, moved.has(record.key)));
  }
  return { steps, notices, observed, verdicts };
}

export const observe = (kind: ObjectRecord['kind'], raw: RawObject): Observed => ({
  id: idOf(raw),
  values: valuesOf(kind, raw, 'writable'),
});

/** For an object that the policy no longer names: removed if we made it, otherwise only forgotten. */
function end(record: ObjectRecord, raw: RawObject | undefined, isMoved: boolean): Step {
  const { key, kind, zendeskId, origin } = record;
  const removes = origin === 'created' && raw !== undefined && !isMoved;
  return {
    key,
    kind,
    name: raw ? nameOf(kind, raw) : record.name,
    action: removes ? 'remove' : 'release',
    zendeskId,
    changes: [],
    to: {},
    origin: null,
    changedBy: null,
    warnings: removes ? [KINDS[kind].removal] : [],
  };
}
