// Reads how each tier and department keeps up.
import type { FigureId, FigureValue, QueueRow, Queues } from '@deskwright/shared/contract';
import { readBreakdown, readFigures, readWaiting } from '../../history/index.ts';
import { type Asked, askedPeriods, filtersOf } from '../api/dashboard-query.ts';
import type { SectionDeps } from '../section-deps.ts';

const OF_TIERS = [
  'overtake_rate',
  'clock_flips',
  'first_reply_time',
  'next_reply_time',
  'escalation_rate',
  'bounce_rate',
] as const satisfies readonly FigureId[];
const OF_DEPARTMENTS = ['department_answer_time'] as const satisfies readonly FigureId[];

/** The same for everybody: without skips. */
export async function readQueues(deps: SectionDeps, asked: Asked): Promise<Queues> {
  const { db, clock } = deps;
  const now = new Date(clock());
  const { policy } = deps.policy.current();
  const query = askedPeriods(asked, policy.time_zone, now.getTime());
  const filters = filtersOf(asked);
  const { from } = query;
  const nothing = await readFigures(db, { from, to: from, before: null }, [...OF_TIERS, ...OF_DEPARTMENTS]);
  const none = (ids: readonly FigureId[]): FigureValue[] => nothing.filter(({ id }) => ids.includes(id));
  const [waiting, byTier, byDepartment] = await Promise.all([
    readWaiting(db, filters, { policy, now }),
    readBreakdown(db, query, OF_TIERS, 'tier'),
    readBreakdown(db, query, OF_DEPARTMENTS, 'detail'),
  ]);
  const tiers = waiting.byTier
    .filter(({ id, n }) => policy.tiers.some((tier) => tier.id === id) || n > 0)
    .map(
      ({ id, name, n, oldest }): QueueRow => ({
        id,
        name,
        waiting: n,
        oldest,
        figures: byTier.get(id) ?? none(OF_TIERS),
      }),
    );
  const departments = await Promise.all(
    policy.departments.map(async ({ id, name, group }): Promise<QueueRow> => {
      const groupId = deps.directory.current()?.groupId(group) ?? null;
      const isOther = filters.group !== undefined && filters.group !== groupId;
      const there =
        groupId === null || isOther ? null : await readWaiting(db, { ...filters, group: groupId }, { policy, now });
      const figures = byDepartment.get(id) ?? none(OF_DEPARTMENTS);
      return { id, name, waiting: there?.n ?? 0, oldest: there?.oldest?.since ?? null, figures };
    }),
  );
  return { tiers, departments };
}
