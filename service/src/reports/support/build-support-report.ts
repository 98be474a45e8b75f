// Builds the daily and the weekly report.
import type { Report, Section } from '../engine/report.ts';
import { counted, writeMoment } from '../engine/words.ts';
import { goalsSection, goalsSentence } from './goals-section.ts';
import { marksSection } from './marks-section.ts';
import {
  figuresOf,
  flowSection,
  flowSentence,
  orderSection,
  repliesSection,
  satisfactionSection,
  topicsSection,
  topicsSentence,
} from './period-sections.ts';
import { attentionSection, forecastSection, forecastSentence, waitingSection } from './present-sections.ts';
import type { SupportData } from './read-support-data.ts';
import { reportHead } from './report-head.ts';

/** The team as a whole: no agent's figures, no customer's words. What it is limited to is the reader's choice of `data`. */
export function buildSupportReport(data: SupportData): Report {
  return {
    ...reportHead(data),
    summary: summaryOf(data),
    sections: sectionsOf(data).filter((section) => section !== null),
  };
}

function sectionsOf(data: SupportData): (Section | null)[] {
  const { present } = data;
  return [
    present && waitingSection(data, present),
    repliesSection(data),
    flowSection(data),
    topicsSection(data),
    satisfactionSection(data),
    goalsSection(data),
    orderSection(data),
    present && attentionSection(data, present),
    marksSection(data),
    present?.forecast ? forecastSection(present.forecast) : null,
    restatedSection(data),
  ];
}

/** What a leader reads if they read nothing else. */
function summaryOf(data: SupportData): string[] {
  const { present, figures, topics, goals } = data;
  const counts = [figures.get('arrivals'), figures.get('solves')].map((figure) => figure?.value ?? 0) as [
    number,
    number,
  ];
  const waiting = present?.waiting;
  return [
    ...(waiting
      ? [
          waiting.n === 0
            ? 'Nobody waits for an answer.'
            : `${counted(waiting.n, 'customer waits', 'customers wait')} for an answer now.`,
        ]
      : []),
    ...figuresOf(data, ['first_reply_time']).map(({ sentence }) => sentence),
    flowSentence(...counts),
    ...(topics.some(({ n }) => n > 0) ? [topicsSentence(topics)] : []),
    ...figuresOf(data, ['csat'])
      .filter(({ value }) => value.value !== null)
      .map(({ sentence }) => sentence),
    ...(goals.length > 0 ? [goalsSentence(goals)] : []),
    ...(present?.forecast ? [forecastSentence(present.forecast)] : []),
  ];
}

function restatedSection({ restated, policy }: SupportData): Section | null {
  if (restated === null) return null;
  return {
    id: 'restated',
    title: 'Restated',
    headline: `Late data changed the figures of ${counted(restated.days, 'day')} that had ended, last on ${writeMoment(new Date(restated.at), policy.time_zone)}. Earlier reports of these days show the former figures.`,
    blocks: [],
  };
}
