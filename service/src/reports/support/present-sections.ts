// Makes the sections about the present: who waits, what needs attention, when the backlog will be clear.
import type { AttentionItem, Forecast, TicketLink } from '@deskwright/shared/contract';
import { describeOldestWait } from '../../alerts/index.ts';
import { BOOKS_DIFFER, BOOKS_NOT_COMPARED, countDifferences, daysWithoutComparison } from '../../refunds/index.ts';
import type { Block, Section } from '../engine/report.ts';
import { counted, trimmed, writeDuration, writeMoment } from '../engine/words.ts';
import type { SupportData } from './read-support-data.ts';

type Present = NonNullable<SupportData['present']>;

export function waitingSection({ policy, now }: SupportData, { waiting }: Present): Section {
  const moment = (at: string): string => writeMoment(new Date(at), policy.time_zone);
  const age = (at: string): string => writeDuration((now.getTime() - Date.parse(at)) / 1_000);
  const { n, open, unassigned, oldest, byTier, ages } = waiting;
  const longest = oldest === null ? '' : `, the longest since ${moment(oldest.since)} (${age(oldest.since)})`;
  const blocks: Block[] = [];
  if (n > 0) {
    blocks.push(
      {
        kind: 'table',
        table: {
          columns: [{ title: 'Tier' }, { title: 'Waiting', isNumber: true }, { title: 'Longest wait' }],
          rows: byTier.map((tier) => [
            { text: tier.name },
            { text: String(tier.n), value: tier.n },
            { text: tier.oldest === null ? '–' : age(tier.oldest) },
          ]),
        },
      },
      {
        kind: 'chart',
        chart: {
          type: 'bars',
          title: 'How long they have waited',
          unit: 'count',
          labels: ages.map(({ from, to }) => bandName(from, to)),
          series: [{ name: 'Customers', values: ages.map((band) => band.n) }],
        },
      },
    );
  }
  return {
    id: 'waiting',
    title: 'Waiting now',
    headline:
      n === 0
        ? `Nobody waits for an answer; ${counted(open, 'ticket is', 'tickets are')} open.`
        : `${counted(n, 'customer waits', 'customers wait')} for an answer${longest}. ${counted(open, 'ticket is', 'tickets are')} open, ${unassigned} unassigned.`,
    blocks,
  };
}

/** Hours. */
function bandName(from: number, to: number | null): string {
  if (to === null) return `More than ${writeDuration(from * 3_600)}`;
  return from === 0
    ? `Up to ${writeDuration(to * 3_600)}`
    : `${writeDuration(from * 3_600)} to ${writeDuration(to * 3_600)}`;
}

export function attentionSection({ policy, about }: SupportData, { attention }: Present): Section {
  // Of the account, not of a department or a category.
  const items = attention.filter(({ kind, n }) => n > 0 && (about === null || OF_TICKETS.has(kind)));
  return {
    id: 'attention',
    title: 'Needs attention',
    headline: items.length === 0 ? 'Nothing.' : null,
    blocks:
      items.length === 0
        ? []
        : [
            {
              kind: 'list',
              items: items.map((item) => attentionLine(item, policy.time_zone)),
              tickets: items.flatMap(namedTickets),
            },
          ],
  };
}

const OF_TICKETS: ReadonlySet<AttentionItem['kind']> = new Set([
  'overdue',
  'due_soon',
  'promise_due',
  'approvals_waiting',
  'bounced',
  'unhappy_and_open',
  'follow_up_overdue',
]);

const MOST_NAMED = 5;

const namedTickets = ({ tickets }: AttentionItem): readonly TicketLink[] => tickets.slice(0, MOST_NAMED);

function attentionLine(item: AttentionItem, timeZone: string): string {
  const since = item.since === null ? '' : `, since ${writeMoment(new Date(item.since), timeZone)}`;
  const named = namedTickets(item).map(({ id }) => `#${id}`);
  const more = item.n > named.length && named.length > 0 ? ' and others' : '';
  return `${attentionWords(item)}${since}${named.length === 0 ? '' : `: ${named.join(', ')}${more}`}`;
}

function attentionWords({ kind, n, about }: AttentionItem): string {
  switch (kind) {
    case 'overdue':
      return `${counted(n, 'customer has', 'customers have')} waited longer than the target`;
    case 'due_soon':
      return `${counted(n, 'customer')} will soon have waited longer than the target`;
    case 'promise_due':
      return `${counted(n, 'promise')} to customers ${n === 1 ? 'is' : 'are'} due`;
    case 'approvals_waiting':
      return `${counted(n, 'refund waits', 'refunds wait')} for approval`;
    case 'bounced':
      return `${counted(n, 'ticket has', 'tickets have')} gone back and forth three times or more`;
    case 'unhappy_and_open':
      return `${counted(n, 'unhappy customer has', 'unhappy customers have')} an open ticket`;
    case 'follow_up_overdue':
      return `${counted(n, 'follow-up')} of bad answers ${n === 1 ? 'is' : 'are'} overdue`;
    case 'failed_effects':
      return `${counted(n, 'change')} could not be made (deskwright failed)`;
    case 'overruled_views':
      return `The order of the view ${about ?? ''} was restored${n === 1 ? '' : ` ${n} times`}`;
    case 'drifted_objects':
      return `${about ?? 'An object'} was changed in Zendesk since the last apply (deskwright drift)`;
    case 'category_rise':
      return `More tickets about ${about ?? 'a category'} than chance explains (${n})`;
    case 'other_share':
      return `Many tickets have the default category (${n})`;
    case 'oldest_wait':
      return describeOldestWait(n, about ?? '0h');
    case 'new_requesters':
      return `${counted(n, 'person writes', 'people write')} for the first time, far more than usual; surveys pause`;
    case 'webhooks_silent':
      return 'No events come from Zendesk';
    case 'driver_named':
      return `${counted(n, 'unhappy customer names', 'unhappy customers name')} one reason within a day: ${about ?? ''}`;
    case 'score_fall':
      return `${about ?? 'A score'} falls by more than chance explains (${n} answers)`;
    case 'agent_refunds':
      return `Unusual refunds by one agent today (${n})`;
    case 'customer_refunds':
      return `Unusual refunds to one customer today (${n})`;
    case 'refund_differences':
      return `${BOOKS_DIFFER}: ${countDifferences(about ?? '', n)}`;
    case 'refunds_not_compared':
      return `${BOOKS_NOT_COMPARED}: ${daysWithoutComparison(n)}`;
    case 'outside_refunds':
      return `${counted(n, 'refund was', 'refunds were')} made outside Deskwright and entered today`;
    case 'mail_failing':
      return 'Mail cannot be sent';
  }
}

export function forecastSection(forecast: Forecast): Section {
  return { id: 'forecast', title: 'Forecast', headline: forecastSentence(forecast), blocks: [] };
}

export function forecastSentence({ open, arrivalsPerDay, solvesPerDay, days, interval, from }: Forecast): string {
  const basis = `${counted(open, 'ticket is', 'tickets are')} open; ${trimmed(arrivalsPerDay, 1)} arrive and ${trimmed(solvesPerDay, 1)} are solved a day (last ${counted(from, 'day')})`;
  if (days === null) return `The backlog does not shrink: ${basis}.`;
  const [low, high] = interval ?? [null, null];
  const range =
    low === null
      ? ''
      : `, with 80% certainty ${high === null ? `not before ${trimmed(low, 1)}` : `in ${trimmed(low, 1)} to ${trimmed(high, 1)}`}`;
  return `The backlog is clear in about ${counted(Number(trimmed(days, 1)), 'day')}${range}: ${basis}.`;
}
