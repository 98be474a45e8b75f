// Reads the account and makes a plan.
import { createHash } from 'node:crypto';
import type { Policy } from '@deskwright/shared';
import type { Queryable } from '../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { AccountObjects, ObjectKind, RawObject } from '../zendesk/account-objects.ts';
import { readAppProblems, type WantedApp } from './check-app.ts';
import { type Comparison, compare } from './compare.ts';
import { desiredState } from './desired-state.ts';
import type { AccountState } from './find-objects.ts';
import { idOf, type Notice, type ObjectRecord, type Plan, type Purpose, type Step } from './plan.ts';
import { readRecords } from './records.ts';

export interface PlanDeps {
  db: Queryable;
  objects: AccountObjects;
  /** `https://acme.zendesk.com`. */
  account: string;
  /** Where Zendesk reaches the service; null: not known. */
  publicUrl: string | null;
  now: () => Date;
  /** The sidebar app as it should be installed; absent: it is not compared. */
  app?: WantedApp;
}

/** Writes nothing. Throws `ZendeskError` and database errors. */
export async function makePlan(
  deps: PlanDeps,
  { policy, hash, guidance }: Pick<PolicyWithGuidance, 'policy' | 'hash' | 'guidance'>,
): Promise<Plan> {
  const { publicUrl } = deps;
  const records = await readRecords(deps.db);
  const account = await readAccount(deps.objects, { macros: needsMacros(policy, records), records });
  const compared = compare(desiredState(policy, { publicUrl, account, records, guidance }), account, records);
  const steps = await Promise.all(compared.steps.map((step) => withChanger(step, records.get(step.key), deps.objects)));
  const notices = [...compared.notices, ...(deps.app ? await appNotices(deps.objects, deps.app) : [])];
  return sealPlan(deps, { ...compared, steps, notices }, { purpose: { kind: 'apply' }, policyHash: hash });
}

async function appNotices(objects: AccountObjects, app: WantedApp): Promise<Notice[]> {
  const problems = await readAppProblems(objects, app);
  return problems.map(({ message, action }) => ({ key: 'app', message: `${message} ${action}`, level: 'attention' }));
}

/** Macros may be many, and most policies have none in Zendesk. */
export const needsMacros = (policy: Policy, records: ReadonlyMap<string, ObjectRecord>): boolean =>
  policy.zendesk.macros !== 'none' || [...records.values()].some(({ kind }) => kind === 'macro');

/**
 * Zendesk's lists may lack an object for a moment (a new one, or one that moved between two pages). Those that we recorded are asked for by
 * their id before they count as missing, because they would be made a second time. Throws `ZendeskError`.
 */
export async function readAccount(
  objects: AccountObjects,
  { macros, records }: { macros: boolean; records: ReadonlyMap<string, ObjectRecord> },
): Promise<AccountState> {
  const [group, ticketField, view, webhook, macro] = await Promise.all([
    objects.list('group'),
    objects.list('ticket_field'),
    objects.list('view'),
    objects.list('webhook'),
    macros ? objects.list('macro') : [],
  ]);
  const account: Record<ObjectKind, RawObject[]> = { group, ticket_field: ticketField, view, macro, webhook };
  for (const { kind, zendeskId } of records.values()) {
    if ((kind === 'macro' && !macros) || account[kind].some((raw) => idOf(raw) === zendeskId)) continue;
    const raw = await objects.show(kind, zendeskId);
    if (raw) account[kind].push(raw);
  }
  return account;
}

/** Asks only about what somebody changed or deleted since we set it: each question is a call. */
async function withChanger(step: Step, record: ObjectRecord | undefined, objects: AccountObjects): Promise<Step> {
  const isDrift = step.changes.some(({ drifted }) => drifted) || (step.action === 'create' && record !== undefined);
  if (!isDrift || !record) return step;
  return { ...step, changedBy: await objects.whoChanged(step.kind, record.zendeskId) };
}

/** Adds the id, which two plans share if they do the same to the same state. */
export function sealPlan(
  { account, now }: Pick<PlanDeps, 'account' | 'now'>,
  { steps, notices, observed }: Comparison,
  { purpose, policyHash }: { purpose: Purpose; policyHash: string },
): Plan {
  const content = { purpose, account, policyHash, steps, observed };
  const id = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
  return { version: 1, id, ...content, madeAt: now().toISOString(), notices };
}
