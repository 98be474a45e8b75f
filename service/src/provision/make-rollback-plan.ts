// Plans the return to the state after an earlier apply.
import type { RawObject } from '../zendesk/account-objects.ts';
import { type Comparison, observe } from './compare.ts';
import { differingKeys, KINDS, nameOf, valuesOf } from './kinds.ts';
import { type PlanDeps, sealPlan } from './make-plan.ts';
import { idOf, idOfNew, type ObjectRecord, type Plan, type Step, type Values } from './plan.ts';
import { listApplies, listSteps, readRecords, type StepRow } from './records.ts';

/** What an object was at some time: the whole of it, and what our record said; null: there was none. */
interface Past {
  raw: RawObject | null;
  record: ObjectRecord | null;
}

/**
 * @param to the apply whose state is restored; 0: as it was before the first
 * Writes nothing. Throws an error with what to do when there is no such apply; `ZendeskError` and database errors.
 */
export async function makeRollbackPlan(deps: PlanDeps, to: number): Promise<Plan> {
  const applies = await listApplies(deps.db);
  if (to !== 0 && !applies.some(({ id }) => id === to))
    throw new Error(`There is no apply ${to}. \`deskwright history\` lists them; 0 is the state before the first.`);
  const done = (await listSteps(deps.db)).filter(({ state }) => state === 'done');
  // What the service set back by itself, it would set back again.
  const kept = new Set(applies.flatMap(({ id, plan }) => (plan.purpose.kind === 'keep' ? [id] : [])));
  const touched = new Set(done.flatMap(({ applyId, key }) => (applyId > to && !kept.has(applyId) ? [key] : [])));
  // In the order in which they were made.
  const keys = new Set(done.map(({ key }) => key).filter((key) => touched.has(key)));
  const records = await readRecords(deps.db);
  const compared: Comparison = { steps: [], notices: [], observed: {}, verdicts: {} };
  const found: Now[] = [];
  for (const key of keys) {
    const record = records.get(key) ?? null;
    const past = pastOf(done, key, to, record);
    const id = record?.zendeskId ?? (past.raw && idOf(past.raw));
    const kind = done.find((step) => step.key === key)?.kind ?? 'group';
    const raw = id === null ? null : await deps.objects.show(kind, id);
    compared.observed[key] = raw && observe(kind, raw);
    found.push({ key, kind, past, record, raw });
  }
  const idNow = (key: string): string | null => {
    const now = found.find((each) => each.key === key);
    return now ? now.raw && idOf(now.raw) : (records.get(key)?.zendeskId ?? null);
  };
  const groupIds = groupIdsNow(done, idNow);
  for (const now of found) {
    const { key, kind, past, record } = now;
    const step = stepBack({ ...now, past: { ...past, raw: past.raw && renewGroupIds(past.raw, groupIds) } });
    if (step === 'impossible')
      compared.notices.push({
        key,
        message: `The ${KINDS[kind].noun} "${record?.name ?? key}" was deleted in Zendesk and cannot be restored.`,
        level: 'attention',
      });
    else if (step) compared.steps.push(step);
  }
  compared.steps.sort((a, b) => rank(a) - rank(b));
  return sealPlan(deps, compared, { purpose: { kind: 'rollback', to }, policyHash: '' });
}

const ENDS = new Set<Step['action']>(['remove', 'release']);
const rank = ({ action }: Step): number => (ENDS.has(action) ? 1 : 0);

/** The last step up to `to` says what it was afterwards; without one, the first later step says what it was before. */
function pastOf(done: readonly StepRow[], key: string, to: number, record: ObjectRecord | null): Past {
  const steps = done.filter((step) => step.key === key);
  const last = steps.findLast(({ applyId }) => applyId <= to);
  const later = steps.filter(({ applyId }) => applyId > to);
  const past = last
    ? { raw: last.after, record: last.recordAfter }
    : { raw: later[0]?.before ?? null, record: later[0]?.recordBefore ?? null };
  if (past.raw || !record || record.origin === 'created') return past;
  // Somebody else made it since: it stays, as it was before we changed it.
  const begun = later.find(({ before }) => before && idOf(before) === record.zendeskId);
  return { raw: begun?.before ?? null, record: null };
}

interface Now extends Pick<Step, 'key' | 'kind'> {
  past: Past;
  record: ObjectRecord | null;
  raw: RawObject | null;
}

/** Null: it is as it was. */
function stepBack({ key, kind, past, record, raw }: Now): Step | 'impossible' | null {
  const about = { key, kind, changedBy: null, warnings: [] as string[] };
  if (!past.raw) {
    if (!record) return null;
    const removes = raw !== null && record.origin === 'created';
    return {
      ...about,
      name: raw ? nameOf(kind, raw) : record.name,
      action: removes ? 'remove' : 'release',
      zendeskId: record.zendeskId,
      changes: [],
      to: {},
      origin: null,
      warnings: removes ? [KINDS[kind].removal] : [],
    };
  }
  const origin = past.record?.origin ?? null;
  const name = nameOf(kind, past.raw);
  if (!raw) {
    if (origin === 'managed' || (kind === 'view' && origin === null)) return 'impossible';
    const to = recreated(kind, past.raw);
    return {
      ...about,
      name,
      action: 'create',
      zendeskId: null,
      changes: changesOf({}, to),
      to,
      origin,
      warnings: [`It gets another id and time of creation. ${KINDS[kind].removal}`],
    };
  }
  // Of what is not wholly ours, only what we set is put back.
  const isOurs = origin === 'created' || record?.origin === 'created';
  const to = valuesOf(kind, past.raw, isOurs ? 'writable' : 'part');
  const changes = changesOf(valuesOf(kind, raw, 'writable'), to);
  const sameRecord = origin === (record?.origin ?? null);
  if (changes.length === 0 && sameRecord) return null;
  const action = changes.length > 0 ? 'change' : origin ? 'record' : 'release';
  return { ...about, name, action, zendeskId: idOf(raw), changes, to, origin };
}

/** A field returns to its place in the list; fields of others keep their order. */
function recreated(kind: Step['kind'], raw: RawObject): Values {
  const values = valuesOf(kind, raw, 'writable');
  return raw['position'] === undefined ? values : { ...values, position: raw['position'] };
}

const changesOf = (from: Values, to: Values): Step['changes'] =>
  differingKeys(from, to).map((field) => ({ field, from: from[field] ?? null, to: to[field], drifted: false }));

/** The id that stands for a group now, by each id that it ever had. */
type GroupIds = ReadonlyMap<string, string>;

/**
 * @param done the steps that say which ids a group had
 * @param idNow of a group by its key; null: it is gone
 */
function groupIdsNow(done: readonly StepRow[], idNow: (key: string) => string | null): GroupIds {
  const ids = new Map<string, string>();
  for (const { key, kind, after } of done)
    if (kind === 'group' && after) ids.set(idOf(after), idNow(key) ?? idOfNew(key));
  return ids;
}

/** Conditions on a group, and whom an object is restricted to. */
function renewGroupIds(raw: RawObject, ids: GroupIds): RawObject {
  const { conditions, restriction } = raw as { conditions?: Record<string, unknown>; restriction?: Restriction | null };
  return {
    ...raw,
    ...(conditions && {
      conditions: Object.fromEntries(Object.entries(conditions).map(([key, list]) => [key, renewAll(list, ids)])),
    }),
    ...(restriction?.type === 'Group' && { restriction: renewRestriction(restriction, ids) }),
  };
}

interface Restriction {
  type: string;
  id?: number;
  ids?: readonly number[];
}

function renewRestriction({ id, ids: all, ...rest }: Restriction, ids: GroupIds): object {
  const renew = (old: number): number | string => {
    const now = ids.get(String(old));
    return now === undefined ? old : /^\d+$/.test(now) ? Number(now) : now;
  };
  return { ...rest, ...(id !== undefined && { id: renew(id) }), ...(all && { ids: all.map(renew) }) };
}

const renewAll = (conditions: unknown, ids: GroupIds): unknown =>
  Array.isArray(conditions)
    ? conditions.map((each: { field?: unknown; value?: unknown }) =>
        each.field === 'group_id' ? { ...each, value: ids.get(String(each.value)) ?? each.value } : each,
      )
    : conditions;
