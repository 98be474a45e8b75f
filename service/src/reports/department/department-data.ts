// Reads what concerns one department, and nothing else.
import type { CalendarPeriod, Policy } from '@deskwright/shared';
import type { Dashboard, FigureValue } from '@deskwright/shared/contract';
import { readGroups } from '../../directory/directory.ts';
import { type HandOffs, readBreakdown, readHandOffs, readTopics, readWaiting } from '../../history/index.ts';
import type { ReportKind } from '../report-period.ts';
import type { ReadDeps, SupportRequest } from '../report-request.ts';
import { describeScope } from '../support/support-scope.ts';

export interface DepartmentData {
  readonly kind: ReportKind;
  readonly policy: Pick<Policy, 'company' | 'time_zone' | 'categories'>;
  readonly now: Date;
  readonly period: CalendarPeriod;
  readonly before: CalendarPeriod;
  readonly about: string;
  readonly link: string | null;
  readonly department: Pick<Policy['departments'][number], 'name' | 'answers_within'>;
  /** Null: its group is not known in Zendesk, or the period ended long ago. */
  readonly waiting: { readonly n: number; readonly oldest: { readonly since: string } | null } | null;
  readonly handOffs: HandOffs;
  /** Null: it answered nothing in either period. */
  readonly answers: FigureValue | null;
  /** Of the categories that the report names; empty without any. */
  readonly topics: Dashboard['topics'];
}

/** @throws Error for a department or category that the policy does not have */
export async function readDepartmentData(
  deps: ReadDeps,
  request: SupportRequest & { readonly department: string },
): Promise<DepartmentData> {
  const { db, now, link } = deps;
  const { policy } = deps.policy;
  const { kind, categories, period, before } = request;
  const about = describeScope(request, policy);
  const department = policy.departments.find(({ id }) => id === request.department);
  if (!department || about === null) throw new Error(`The policy has no department "${request.department}".`);
  const dates = { period: toDates(period), before: toDates(before) };
  const query = { ...dates.period, before: dates.before };
  const groupId = (await readGroups(db)).get(department.group);
  const isRecent = now.getTime() - period.to < period.to - period.from;
  const [waiting, handOffs, answers, topics] = await Promise.all([
    groupId === undefined || !isRecent ? null : readWaiting(db, { group: groupId }, { policy, now }),
    readHandOffs(db, department.id, dates),
    readBreakdown(db, query, ['department_answer_time'], 'detail'),
    categories === undefined ? [] : readTopics(db, { ...query, categories }, policy),
  ]);
  return {
    kind,
    policy,
    now,
    period,
    before,
    about,
    link,
    department,
    waiting,
    handOffs,
    answers: answers.get(department.id)?.[0] ?? null,
    topics,
  };
}

const toDates = ({ from, to }: CalendarPeriod) => ({ from: new Date(from), to: new Date(to) });
