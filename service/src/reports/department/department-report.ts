// Makes the report for a department: what was handed to it, what waits there, how soon it answers. It reads nothing else.
import type { CalendarPeriod, Policy } from '@deskwright/shared';
import type { Dashboard, FigureValue } from '@deskwright/shared/contract';
import { readGroups } from '../../directory/directory.ts';
import { type HandOffs, readBreakdown, readHandOffs, readTopics, readWaiting } from '../../history/index.ts';
import type { Block, Report, Section } from '../engine/report.ts';
import { counted, writeDuration, writeMoment } from '../engine/words.ts';
import type { ReadDeps, ReportKind, SupportRequest } from '../report-request.ts';
import { figureSentence } from '../support/figure-sentence.ts';
import { beforeLabel, topicsSection } from '../support/period-sections.ts';
import { reportHead } from '../support/report-head.ts';
import { describeScope } from '../support/support-scope.ts';

interface DepartmentData {
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

/** Builds the report for a department: what was handed to it, what waits there, how soon it answers. */
export function buildDepartmentReport(data: DepartmentData): Report {
  const answers = answersSentence(data);
  return {
    ...reportHead(data),
    summary: [waitingSentence(data), handOffsSentence(data), answers].filter((sentence) => sentence !== null),
    sections: [
      waitingSection(data),
      handOffsSection(data),
      answers === null ? null : { id: 'answers', title: 'Answers', headline: answers, blocks: [] },
      data.topics.length > 0 ? topicsSection(data) : null,
    ].filter((section) => section !== null),
  };
}

function waitingSentence({ waiting, now, policy }: DepartmentData): string | null {
  if (waiting === null) return null;
  if (waiting.n === 0 || waiting.oldest === null) return 'Nothing waits for you.';
  const since = new Date(waiting.oldest.since);
  const longest = `${writeMoment(since, policy.time_zone)} (${writeDuration((now.getTime() - since.getTime()) / 1_000)})`;
  return `${counted(waiting.n, 'ticket waits', 'tickets wait')} for your answer, the longest since ${longest}.`;
}

function waitingSection(data: DepartmentData): Section | null {
  const headline = waitingSentence(data);
  return headline === null ? null : { id: 'waiting', title: 'Waiting now', headline, blocks: [] };
}

const handOffsSentence = ({ handOffs, kind }: DepartmentData): string =>
  `${counted(handOffs.n, 'ticket was', 'tickets were')} handed to you${handOffs.before === null ? '' : `; ${beforeLabel({ kind })} ${handOffs.before}`}.`;

function handOffsSection(data: DepartmentData): Section {
  const names = new Map(data.policy.categories.map(({ id, name }) => [id, name]));
  const table: Block = {
    kind: 'table',
    table: {
      columns: [{ title: 'Category' }, { title: 'Tickets', isNumber: true }],
      rows: data.handOffs.byCategory.map(({ category, n }) => [
        { text: names.get(category) ?? (category === '' ? 'None' : category) },
        { text: String(n), value: n },
      ]),
    },
  };
  return {
    id: 'hand_offs',
    title: 'Handed to you',
    headline: handOffsSentence(data),
    blocks: data.handOffs.n > 0 ? [table] : [],
  };
}

/** `answers_within` is its own clock: business hours are the department's. */
function answersSentence({ answers, department, kind }: DepartmentData): string | null {
  if (answers === null) return null;
  const sentence = figureSentence(answers, { before: beforeLabel({ kind }) });
  return department.answers_within === undefined
    ? sentence
    : `${sentence} You answer within ${department.answers_within}.`;
}
