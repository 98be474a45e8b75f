// Builds the report for a department: what was handed to it, what waits there, how soon it answers.
import type { Block, Report, Section } from '../engine/report.ts';
import { counted, writeDuration, writeMoment } from '../engine/words.ts';
import { figureSentence } from '../support/figure-sentence.ts';
import { beforeLabel, topicsSection } from '../support/period-sections.ts';
import { reportHead } from '../support/report-head.ts';
import type { DepartmentData } from './department-data.ts';

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
