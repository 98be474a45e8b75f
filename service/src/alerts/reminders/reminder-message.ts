// Words reminders for Slack.
import { type Policy, parseDuration } from '@deskwright/shared';
import type { SlackLine, SlackMessage } from '../../slack/slack-message.ts';

interface Reminded {
  readonly ticketId: number;
  /** When the wait began or the promise was made, in epoch milliseconds. */
  readonly since: number;
  readonly step: number;
  readonly tier: string | null;
  /** As Zendesk shows the name. */
  readonly assignee: string | null;
  /** False: Deskwright only watches the ticket, so nothing is posted to Slack. */
  readonly acts: boolean;
}

export type Reminder = Reminded &
  (
    | { readonly kind: 'wait'; readonly within: string; readonly reply: 'first_reply' | 'next_reply' }
    | { readonly kind: 'promise' }
  );

interface Words {
  readonly channel: string;
  readonly tiers: Policy['tiers'];
  readonly ticketUrl: (id: number) => string;
}

/** More in one go are counted, and the first of them linked: as at a first start with a backlog. */
const SINGLE_AT_MOST = 20;
const LINKED = 20;

export interface KeyedMessage {
  /** Idempotency key. */
  readonly key: string;
  readonly ticketId: number | null;
  readonly message: SlackMessage;
}

/** One message each, or one for all. `due`: the longest wait first. */
export function reminderMessages(due: readonly Reminder[], words: Words): KeyedMessage[] {
  if (due.length > SINGLE_AT_MOST) return [summaryOf(due, words)];
  return due.map((reminder) => ({
    key: keyOf(reminder),
    ticketId: reminder.ticketId,
    message: { channel: words.channel, summary: lineOf(reminder, words), lines: [] },
  }));
}

const keyOf = ({ kind, ticketId, since, step }: Reminder): string => `remind:${kind}:${ticketId}:${since}:${step}`;

function lineOf(reminder: Reminder, { tiers, ticketUrl }: Words): SlackLine {
  const { ticketId, tier, assignee } = reminder;
  const where = [
    ...(tier === null ? [] : [tiers.find(({ id }) => id === tier)?.name ?? tier]),
    assignee ?? 'unassigned',
  ].join(', ');
  return [{ text: `#${ticketId}`, url: ticketUrl(ticketId) }, ` ${describe(reminder)} (${where})`];
}

function describe(reminder: Reminder): string {
  if (reminder.kind === 'promise') return 'has a promise of the day before that is still open';
  const { step, reply, within } = reminder;
  const target = `${reply === 'first_reply' ? 'first reply' : 'reply'} target of ${describeWithin(within)}`;
  if (step === 100) return `has reached its ${target}`;
  return step < 100 ? `has used ${step} % of its ${target}` : `is at ${step} % of its ${target}`;
}

function summaryOf(due: readonly Reminder[], { channel, ticketUrl }: Words): KeyedMessage {
  const [first] = due;
  const count = (step: number) => due.filter((one) => one.kind === 'wait' && one.step === step).length;
  const steps = [...new Set(due.flatMap((one) => (one.kind === 'wait' ? one.step : [])))].toSorted((a, b) => b - a);
  const promises = due.filter(({ kind }) => kind === 'promise').length;
  const parts = [
    ...steps.map((step) => `${count(step)} beyond ${step} % of the target`),
    ...(promises === 0 ? [] : [`${promises} with an open promise`]),
  ];
  const links = due
    .slice(0, LINKED)
    .flatMap(
      ({ ticketId }, n): SlackLine => [...(n === 0 ? [] : [', ']), { text: `#${ticketId}`, url: ticketUrl(ticketId) }],
    );
  return {
    key: `remind:many:${first === undefined ? '' : keyOf(first)}`,
    ticketId: null,
    message: {
      channel,
      summary: [{ bold: `${due.length} tickets need an answer` }, `: ${parts.join(', ')}`],
      lines: [['The longest waits: ', ...links]],
    },
  };
}

const UNITS = { m: 'minute', h: 'hour', d: 'day', bh: 'business hour' } as const;

/** `4 business hours` of `4bh`. */
function describeWithin(text: string): string {
  const { amount, unit } = parseDuration(text);
  return `${amount} ${UNITS[unit]}${amount === 1 ? '' : 's'}`;
}

/** `3 customers wait longer than 10 hours`. `limit`: as the policy writes it. */
export const describeOldestWait = (n: number, limit: string): string =>
  `${n === 1 ? '1 customer waits' : `${n} customers wait`} longer than ${describeWithin(limit)}`;

/** `27 Nov 2026, 10:05`, on the clock of the time zone. */
export const describeMoment = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(at);
