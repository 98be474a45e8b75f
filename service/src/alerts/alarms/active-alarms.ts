// Begins and ends alarms, each announced once until it has ended, and lists those that nobody has acknowledged.
import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { ALARM_KINDS, type AlarmKind, alarms } from '../tables.ts';
import type { Finding } from './finding.ts';

/** What begins again so soon has not ended: nobody is told twice. */
const SAME_ALARM_MS = 3_600_000;

type OpenAlarm = typeof alarms.$inferSelect;

/** Those of a newer version, which runs beside this one during an upgrade, are left to it. */
export const readOpenAlarms = (db: Queryable): Promise<OpenAlarm[]> =>
  db
    .select()
    .from(alarms)
    .where(and(isNull(alarms.until), inArray(alarms.kind, ALARM_KINDS)))
    .orderBy(alarms.since, alarms.id);

interface Settled {
  /** With their ids, in the order of `found`. */
  readonly begun: readonly { readonly id: number; readonly finding: Finding }[];
  /** Those that Slack is to be told of: that begin, or began while it could not be told. */
  readonly notified: Settled['begun'];
  readonly ended: readonly AlarmKind[];
}

/**
 * In the transaction of one process at a time.
 * @param found all that holds now
 * @param notifiesSlack whether Slack is told
 */
export async function settleAlarms(
  tx: Queryable,
  {
    open,
    found,
    now,
    notifiesSlack,
  }: { open: readonly OpenAlarm[]; found: readonly Finding[]; now: Date; notifiesSlack: boolean },
): Promise<Settled> {
  const keyOf = ({ kind, about }: Pick<Finding, 'kind' | 'about'>) => `${kind} ${about}`;
  const openByKey = new Map(open.map((alarm) => [keyOf(alarm), alarm]));
  const foundKeys = new Set(found.map(keyOf));
  const begun: { id: number; finding: Finding }[] = [];
  const late: { id: number; finding: Finding }[] = [];
  for (const finding of found) {
    const { kind, about, n, usual, ticketId } = finding;
    const known = openByKey.get(keyOf(finding));
    if (known !== undefined) {
      if (known.n !== n || known.ticketId !== ticketId)
        await tx.update(alarms).set({ n, usual, ticketId }).where(eq(alarms.id, known.id));
      if (notifiesSlack && known.notifiedAt === null) {
        await tx.update(alarms).set({ notifiedAt: now }).where(eq(alarms.id, known.id));
        late.push({ id: known.id, finding });
      }
      continue;
    }
    if (await resume(tx, finding, now)) continue;
    const [made] = await tx
      .insert(alarms)
      .values({ kind, about, n, usual, ticketId, since: now, notifiedAt: notifiesSlack ? now : null })
      .onConflictDoNothing()
      .returning({ id: alarms.id });
    if (made) begun.push({ id: made.id, finding });
  }
  const ended = open.filter((alarm) => !foundKeys.has(keyOf(alarm)));
  for (const { id } of ended) await tx.update(alarms).set({ until: now }).where(eq(alarms.id, id));
  return { begun, notified: notifiesSlack ? [...late, ...begun] : [], ended: ended.map(({ kind }) => kind) };
}

/** Takes back the end of the last such alarm, if that was within the hour. */
async function resume(tx: Queryable, { kind, about, n, usual, ticketId }: Finding, now: Date): Promise<boolean> {
  const resumed = await tx
    .update(alarms)
    .set({ until: null, n, usual, ticketId })
    .where(
      and(
        eq(alarms.kind, kind),
        eq(alarms.about, about),
        gt(alarms.until, new Date(now.getTime() - SAME_ALARM_MS)),
        sql`${alarms.id} = (SELECT max(a.id) FROM alarms a WHERE a.kind = ${kind} AND a.about = ${about})`,
      ),
    )
    .returning({ id: alarms.id });
  return resumed.length > 0;
}

interface ShownAlarm {
  readonly id: number;
  readonly kind: AlarmKind;
  /** A category's or driver's id, a survey, of refunds whose, or what differs and since which day; null: nothing in particular. */
  readonly about: string | null;
  /** What was judged: tickets of 24 hours, percent, customers, minutes, answers, refunds. */
  readonly n: number;
  readonly since: Date;
  /** A ticket to begin with. */
  readonly ticketId: number | null;
}

/** The longest first. */
export async function listAlarms(db: Queryable): Promise<ShownAlarm[]> {
  const open = await readOpenAlarms(db);
  return open
    .filter(({ acknowledgedAt }) => acknowledgedAt === null)
    .map(({ id, kind, about, n, since, ticketId }) => ({ id, kind, about: about || null, n, since, ticketId }));
}

/** False: no such alarm is on, or it was acknowledged before. */
export async function acknowledgeAlarm(
  db: Queryable,
  { id, who, at }: { readonly id: number; readonly who: string; readonly at: Date },
): Promise<boolean> {
  const changed = await db
    .update(alarms)
    .set({ acknowledgedAt: at, acknowledgedBy: who })
    .where(and(eq(alarms.id, id), isNull(alarms.until), isNull(alarms.acknowledgedAt)));
  return (changed.rowCount ?? 0) > 0;
}
