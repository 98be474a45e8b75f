// Makes the sections about a report's period: replies, arrivals and solves, topics, satisfaction, order.
import type { FigureId } from '@deskwright/shared';
import type { FigureValue, GoalStatus } from '@deskwright/shared/contract';
import type { Block, ReportFigure, Section } from '../engine/report.ts';
import { counted, listed, writeShare, writeShortDay, writeTime } from '../engine/words.ts';
import { reportFigure } from './figure-sentence.ts';
import type { SupportData } from './read-support-data.ts';

export const beforeLabel = ({ kind }: Pick<SupportData, 'kind'>): string =>
  kind === 'daily' ? 'the day before' : 'the week before';

/** Figures that exist, in this order, each with the goal for all tickets that the policy sets for it. */
export function figuresOf(data: SupportData, ids: readonly FigureId[]): ReportFigure[] {
  return ids.flatMap((id) => {
    const figure = data.figures.get(id);
    return figure ? [reportFigure(figure, { before: beforeLabel(data), goal: goalFor(data, figure) })] : [];
  });
}

function goalFor({ goals, policy, about }: SupportData, { id }: FigureValue): GoalStatus | undefined {
  if (about !== null) return undefined;
  return goals.find((goal) => {
    const declared = policy.goals.find((each) => each.id === goal.id);
    return (
      goal.figure === id && declared && !declared.tier && !declared.category && !String(declared.target).endsWith('bh')
    );
  });
}

function figuresSection(data: SupportData, section: Pick<Section, 'id' | 'title'>, ids: readonly FigureId[]): Section {
  const figures = figuresOf(data, ids);
  return figures.length === 0
    ? { ...section, headline: 'Nothing to count.', blocks: [] }
    : { ...section, headline: null, blocks: [{ kind: 'figures', figures }] };
}

export const repliesSection = (data: SupportData): Section =>
  figuresSection(data, { id: 'replies', title: 'Replies' }, [
    'first_reply_time',
    'next_reply_time',
    'replies_within_target',
  ]);

export const satisfactionSection = (data: SupportData): Section =>
  figuresSection(data, { id: 'satisfaction', title: 'Satisfaction' }, [
    'csat',
    'csat_mean',
    'ces',
    'ces_mean',
    'response_rate',
  ]);

export const orderSection = (data: SupportData): Section =>
  figuresSection(data, { id: 'order', title: 'Order and detours' }, [
    'overtake_rate',
    'clock_flips',
    'bounce_rate',
    'escalation_rate',
    'hand_off_rate',
  ]);

export function flowSection(data: SupportData): Section {
  const [arrivals, solves] = [data.figures.get('arrivals')?.value ?? 0, data.figures.get('solves')?.value ?? 0];
  const chart: Block = {
    kind: 'chart',
    chart: {
      type: 'columns',
      title: `Arrivals and solves by ${data.kind === 'daily' ? 'hour' : 'day'}`,
      unit: 'count',
      labels: data.flow.map(({ at }) =>
        (data.kind === 'daily' ? writeTime : writeShortDay)(new Date(at), data.policy.time_zone),
      ),
      series: [
        { name: 'Arrivals', values: data.flow.map((each) => each.arrivals) },
        { name: 'Solves', values: data.flow.map((each) => each.solves) },
      ],
    },
  };
  return {
    id: 'flow',
    title: 'Arrivals and solves',
    headline: flowSentence(arrivals, solves),
    blocks: [
      { kind: 'figures', figures: figuresOf(data, ['arrivals', 'solves', 'one_touch_rate', 'reopen_rate']) },
      ...(data.flow.length > 0 ? [chart] : []),
    ],
  };
}

/** `213 tickets arrived and 240 were solved: 27 fewer.` */
export function flowSentence(arrivals: number, solves: number): string {
  const difference = Math.abs(arrivals - solves);
  const outcome =
    difference === 0
      ? 'as many'
      : `${difference} ${solves > arrivals ? 'more solved than arrived' : 'more arrived than solved'}`;
  return `${counted(arrivals, 'ticket')} arrived and ${solves.toLocaleString('en')} ${solves === 1 ? 'was' : 'were'} solved: ${outcome}.`;
}

/** More would not be read. */
const MOST_TOPICS = 15;

export function topicsSection({ topics, kind }: Pick<SupportData, 'topics' | 'kind'>): Section {
  const shown = topics.filter(({ n }) => n > 0).slice(0, MOST_TOPICS);
  if (shown.length === 0)
    return { id: 'topics', title: 'What customers write about', headline: 'Nothing to count.', blocks: [] };
  return {
    id: 'topics',
    title: 'What customers write about',
    headline: topicsSentence(topics),
    blocks: [
      {
        kind: 'chart',
        chart: {
          type: 'bars',
          title: 'Tickets by category',
          unit: 'count',
          labels: shown.map(({ name }) => name),
          series: [{ name: 'Tickets', values: shown.map(({ n }) => n) }],
        },
      },
      {
        kind: 'table',
        table: {
          columns: [
            { title: 'Category' },
            { title: 'Tickets', isNumber: true },
            { title: 'Share', isNumber: true },
            { title: `Against ${beforeLabel({ kind })}`, isNumber: true },
          ],
          rows: shown.map(({ name, n, share, trend }) => [
            { text: name },
            { text: n.toLocaleString('en'), value: n },
            { text: writeShare(share), value: share },
            { text: trend === null ? '–' : `${trend > 0 ? '+' : ''}${writeShare(trend)}`, value: trend },
          ]),
        },
      },
    ],
  };
}

/** The categories that make most of the volume, the largest first. */
export function topicsSentence(topics: SupportData['topics']): string {
  const largest: string[] = [];
  let share = 0;
  for (const topic of topics) {
    if (share >= 0.5 || largest.length === 5 || topic.n === 0) break;
    largest.push(topic.name);
    share += topic.share;
  }
  return `${listed(largest)} ${largest.length === 1 ? 'makes' : 'make'} ${writeShare(share)} of what customers write about.`;
}
