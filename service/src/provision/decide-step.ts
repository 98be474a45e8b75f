// Decides what one object needs. Pure.
import type { DesiredObject } from './desired-object.ts';
import type { AccountState } from './find-objects.ts';
import { differingKeys, isSame, KINDS, nameOf, valuesOf } from './kinds.ts';
import { type FieldChange, type Found, idOf, type Notice, type ObjectRecord, type Origin, type Step } from './plan.ts';

interface Case {
  desired: DesiredObject;
  found: Found | null;
  record: ObjectRecord | null;
  account: AccountState;
  /** It is recorded under a key that the policy no longer uses. */
  isMoved: boolean;
}

/** What the comparison of one object came to. */
export type Verdict = 'fine' | 'differs' | 'missing' | 'ambiguous';

interface Decided {
  step: Step | null;
  notices: Notice[];
  verdict: Verdict;
}

export function decideOne(the: Case): Decided {
  const { desired, found, account, record } = the;
  const attention = (message: string, verdict: Verdict = 'differs'): Decided => ({
    step: null,
    notices: [{ key: desired.key, message, level: 'attention' }],
    verdict,
  });
  const { noun } = KINDS[desired.kind];
  const quoted = `${noun} "${desired.name}"`;
  const users = findTagUsers(desired.tags ?? [], account, found ? idOf(found.raw) : null);
  if (users.length > 0)
    return attention(
      `The ${quoted} cannot be made or kept: ${users.join('; ')}. Zendesk allows each tag in one field only. Remove the option there, or delete that field.`,
    );
  if (!found && desired.problem) return attention(desired.problem.message, desired.problem.verdict);
  if (!found) return { step: creation(the), notices: [], verdict: 'missing' };
  if (desired.kind === 'ticket_field' && found.raw['type'] !== 'tagger')
    return attention(
      `The ${quoted} exists and is not a drop-down field. Rename it in Zendesk, or choose another title in the policy (zendesk.${desired.key.split('/')[1]}_field).`,
    );
  if (found.by === 'same_name' && desired.how === 'own')
    return attention(
      `The ${quoted} was made by somebody else and stays as it is. Let Deskwright manage it with \`deskwright drift adopt ${desired.key}\`, rename it in Zendesk, or choose another ${desired.kind === 'macro' ? 'heading in the guidance' : `title in the policy (zendesk.${desired.key.split('/')[1]}_field)`}.`,
    );
  // Somebody else's group will do.
  if (found.by === 'same_name' && desired.how === 'use')
    return { step: record && forgetting(record), notices: [], verdict: 'fine' };
  return change(the, found);
}

/** Ours was deleted, and somebody made another of this name. */
const forgetting = ({ key, kind, name, zendeskId }: ObjectRecord): Step => ({
  key,
  kind,
  name,
  action: 'release',
  zendeskId,
  changes: [],
  to: {},
  origin: null,
  changedBy: null,
  warnings: [],
});

function creation({ desired, record }: Case): Step {
  const to = desired.want(null);
  return {
    ...about(desired),
    action: 'create',
    zendeskId: null,
    changes: Object.entries(to).map(([field, value]) => ({ field, from: null, to: value, drifted: false })),
    to,
    origin: 'created',
    // Set by the caller, which may ask who deleted it.
    changedBy: null,
    warnings: record ? [`It was deleted in Zendesk: a new ${KINDS[desired.kind].noun} is made, with another id.`] : [],
  };
}

const about = ({ key, kind, name }: DesiredObject): Pick<Step, 'key' | 'kind' | 'name'> => ({ key, kind, name });

function change({ desired, record, isMoved }: Case, { raw, by }: Found): Decided {
  const { kind } = desired;
  const origin: Origin = originOf(desired, by, record);
  const current = valuesOf(kind, raw, origin === 'managed' ? 'part' : 'owned');
  const all = desired.want(current, origin === 'created');
  const ignored = Object.keys(all).filter((key) => isIgnored(key, current[key], record));
  // The description of an adopted object is its maker's.
  const skipped = new Set([...ignored, ...(origin === 'adopted' ? ['description'] : [])]);
  const wanted = Object.fromEntries(Object.entries(all).filter(([key]) => !skipped.has(key)));
  const changes: FieldChange[] = differingKeys(current, wanted).map((field) => ({
    field,
    from: current[field] ?? null,
    to: wanted[field],
    drifted: record !== null && field in record.values && !isSame(current[field], record.values[field]),
  }));
  const notices: Notice[] = differingKeys(current, Object.fromEntries(ignored.map((key) => [key, all[key]]))).map(
    (field) => ({
      key: desired.key,
      message: `${field} stays as somebody set it in Zendesk (ignored; undo with \`deskwright drift overwrite ${desired.key}\`).`,
      level: 'info',
    }),
  );
  const isKnown = origin === 'managed' || (by === 'recorded' && !isMoved);
  if (changes.length === 0 && isKnown) return { step: null, notices, verdict: 'fine' };
  if (changes.length > 0 && !desired.enforce) {
    const message = `The ${KINDS[kind].noun} "${desired.name}" is not as the policy wants it (${changes.map(({ field }) => field).join(', ')}); the policy only warns (keep: warn).`;
    return { step: null, notices: [...notices, { key: desired.key, message, level: 'attention' }], verdict: 'differs' };
  }
  const step: Step = {
    ...about(desired),
    name: nameOf(kind, raw),
    action: changes.length > 0 ? 'change' : 'record',
    zendeskId: idOf(raw),
    changes,
    to: { ...current, ...wanted },
    origin,
    changedBy: null,
    warnings: changes.flatMap(warningsOf),
  };
  return { step, notices, verdict: changes.length > 0 ? 'differs' : 'fine' };
}

function originOf({ how }: DesiredObject, by: Found['by'], record: ObjectRecord | null): Origin {
  if (by === 'same_name') return how === 'part' ? 'managed' : 'adopted';
  return record?.origin ?? 'created';
}

const isIgnored = (key: string, value: unknown, record: ObjectRecord | null): boolean =>
  record?.ignored != null && key in record.ignored && isSame(record.ignored[key], value);

function warningsOf({ field, from, to }: FieldChange): string[] {
  if (field !== 'custom_field_options') return [];
  const kept = new Set((to as { value: string }[]).map(({ value }) => value));
  const gone = (from as { name: string; value: string }[]).filter(({ value }) => !kept.has(value));
  return gone.length === 0
    ? []
    : [`Past tickets lose the value ${gone.map(({ name }) => `"${name}"`).join(', ')} in this field; their tags stay.`];
}

/** One sentence for each other field that uses one of `tags`. Zendesk does not check that a tag is in one field only, and fails later. */
function findTagUsers(tags: readonly string[], { ticket_field: fields }: AccountState, ownId: string | null): string[] {
  const ours = new Set(tags);
  return fields.flatMap((field) => {
    if (idOf(field) === ownId) return [];
    const options = (field['custom_field_options'] ?? []) as { value: string }[];
    const used = [...options.map(({ value }) => value), field['tag']].filter((tag) => ours.has(String(tag)));
    return used.length === 0 ? [] : [`the field "${String(field['title'])}" (${idOf(field)}) uses ${used.join(', ')}`];
  });
}
