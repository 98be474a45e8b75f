// What a person decides about an object that drifted, or that somebody else made.
import type { Policy } from '@deskwright/shared';
import type { Queryable } from '../platform/storage/database.ts';
import type { GuidanceByCategory } from '../policy/guidance/guidance.ts';
import type { AccountObjects } from '../zendesk/account-objects.ts';
import { desiredState } from './desired-state.ts';
import { findObject } from './find-objects.ts';
import { differingKeys, nameOf, valuesOf } from './kinds.ts';
import { readAccount } from './make-plan.ts';
import { idOf, type ObjectRecord } from './plan.ts';
import { readRecords, saveRecord } from './records.ts';

/**
 * `adopt`: the account's state is recorded as the one to keep, and an object that somebody else made becomes ours. `ignore`: it stays as it is, also where
 * the policy says otherwise, until it changes again. `overwrite`: the next apply sets it to the value in the policy.
 */
export type DriftChoice = 'adopt' | 'ignore' | 'overwrite';

interface ChoiceDeps {
  db: Queryable;
  objects: AccountObjects;
  policy: Policy;
  guidance: GuidanceByCategory;
  publicUrl: string | null;
}

export type Settled =
  | { outcome: 'settled'; record: ObjectRecord /** Keys in which the policy says otherwise. */; differs: string[] }
  /** `message` says why, and what to do. */
  | { outcome: 'refused'; message: string };

/** Writes to the database only. Throws `ZendeskError` and database errors. */
export async function settleDrift(deps: ChoiceDeps, key: string, choice: DriftChoice): Promise<Settled> {
  const records = await readRecords(deps.db);
  const { policy, publicUrl } = deps;
  const account = await readAccount(deps.objects, { macros: key.startsWith('macro/'), records });
  const desired = desiredState(policy, { publicUrl, account, records, guidance: deps.guidance }).objects.find(
    (each) => each.key === key,
  );
  const record = records.get(key);
  if (!desired && !record)
    return refused(`Nothing is called ${key}. \`deskwright drift\` and \`deskwright plan\` show the names.`);
  const found = desired
    ? findObject(desired, account, records, () => true).found
    : (() => {
        const raw = account[record?.kind ?? 'group'].find((each) => idOf(each) === record?.zendeskId);
        return raw ? { raw, by: 'recorded' as const } : null;
      })();
  const kind = record?.kind ?? desired?.kind ?? 'group';
  if (choice === 'overwrite') {
    if (!record)
      return refused(`${key} is not Deskwright's: let it have it first, with \`deskwright drift adopt ${key}\`.`);
    await saveRecord(deps.db, key, { ...record, ignored: null });
    return { outcome: 'settled', record, differs: [] };
  }
  if (desired?.how === 'part' && record?.origin !== 'created')
    return refused('The order of views is the policy’s: use `keep: warn` there to leave it to people.');
  if (!found) return refused(`${key} does not exist in Zendesk. \`deskwright apply\` makes it again.`);
  if (choice === 'ignore' && !record) return refused(`${key} was made by somebody else: it is left alone anyway.`);
  const values = valuesOf(kind, found.raw);
  const wanted = desired?.want(values, record?.origin === 'created') ?? {};
  const differs = differingKeys(values, wanted).filter(
    (field) => !(field === 'description' && (!record || record.origin === 'adopted')),
  );
  const next: ObjectRecord = {
    key,
    kind,
    zendeskId: idOf(found.raw),
    name: nameOf(kind, found.raw),
    origin: record?.origin ?? 'adopted',
    values: choice === 'adopt' ? values : (record?.values ?? values),
    ignored: choice === 'ignore' ? Object.fromEntries(differs.map((field) => [field, values[field]])) : null,
  };
  await saveRecord(deps.db, key, next);
  return { outcome: 'settled', record: next, differs };
}

const refused = (message: string): Settled => ({ outcome: 'refused', message });
