// Words alarms for Slack.
import type { Policy } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { formatMoney } from '@deskwright/shared/money';
import { BOOKS_DIFFER, BOOKS_NOT_COMPARED, countDifferences, daysWithoutComparison } from '../../refunds/index.ts';
import type { SlackLine, SlackMessage } from '../../slack/slack-message.ts';
import { driverName } from '../../surveys/index.ts';
import { describeMoment, describeOldestWait } from '../reminders/reminder-message.ts';
import { whatDiffers } from './find-refund-differences.ts';
import type { Finding } from './finding.ts';

export interface AlarmWords {
  readonly channel: string;
  readonly policy: Policy;
  readonly ticketUrl: (id: number) => string;
  /** Where operators look. */
  readonly publicUrl: string;
}

/** Numbers, what is usual, and a link. */
export function alarmMessage(finding: Finding, words: AlarmWords): SlackMessage {
  return { channel: words.channel, summary: lineOf(finding, words), lines: [] };
}

const rounded = (usual: number | null): string => (usual === null ? 'few' : String(Math.max(1, Math.round(usual))));

function lineOf(
  { kind, about, n, usual, of, missed = 0, fall, worth, agent, since, ticketId }: Finding,
  words: AlarmWords,
): SlackLine {
  const { policy, ticketUrl, publicUrl } = words;
  const ticket = (before: string): SlackLine =>
    ticketId === null ? [] : [before, { text: `#${ticketId}`, url: ticketUrl(ticketId) }];
  const nameOf = (id: string) => policy.categories.find((category) => category.id === id)?.name ?? id;
  switch (kind) {
    case 'category_rise':
      return [
        { bold: `More tickets than usual: ${nameOf(about)}` },
        `. ${n} in the last 24 hours, ${rounded(usual)} are usual.`,
        ...ticket(' Newest: '),
      ];
    case 'other_share':
      return [
        { bold: `Many tickets in "${nameOf(policy.default_category)}"` },
        `. ${n} % of the ${of ?? 0} tickets of the last 24 hours, the limit is ${usual ?? 0} %.`,
        ...ticket(' Newest: '),
      ];
    case 'oldest_wait': {
      const waits = describeOldestWait(n, policy.alarms.oldest_wait_above ?? '0h');
      const when = since === null ? '' : ` since ${describeMoment(since, policy.time_zone)}`;
      return [{ bold: 'A customer has waited too long' }, `. ${waits}.`, ...ticket(' Oldest: '), when];
    }
    case 'new_requesters':
      return [
        { bold: 'Far more new customers than usual' },
        `. ${n} wrote for the first time in the last hour, ${rounded(usual)} are usual. It may be spam: surveys pause until it is over.`,
        ...ticket(' Newest: '),
      ];
    case 'driver_named':
      return [
        { bold: `Unhappy customers name one reason: ${driverName(policy, about)}` },
        `. ${n} of them in the last 24 hours.`,
        ...ticket(' Newest: '),
      ];
    case 'score_fall': {
      const [before, now] = fall === undefined ? ['', ''] : [fall.before, fall.now].map((score) => shown(about, score));
      return [
        { bold: `${about.toUpperCase()} falls` },
        `. ${now} in the last 7 days (${n} answers), ${before} in the 28 days before (${fall?.answersBefore ?? 0} answers): more than chance explains.`,
      ];
    }
    case 'agent_refunds':
      return [
        { bold: 'Unusual refunds by one agent' },
        `: ${agent ?? `agent ${about}`}. ${refundsToday(n, usual, worth)}`,
        ...ticket(' Newest: '),
      ];
    case 'customer_refunds':
      return [
        { bold: 'Unusual refunds to one customer' },
        `. ${refundsToday(n, usual, worth)}`,
        ...ticket(' Newest: '),
      ];
    case 'refund_differences':
      return [
        { bold: BOOKS_DIFFER },
        `. ${countDifferences(whatDiffers(about), n)}. \`npx deskwright refunds reconcile\` shows which.`,
      ];
    case 'refunds_not_compared':
      return [{ bold: BOOKS_NOT_COMPARED }, `. ${daysWithoutComparison(n)}. \`npx deskwright doctor\` shows why.`];
    case 'outside_refunds':
      return [
        { bold: 'Refunds were made outside Deskwright' },
        `. ${n === 1 ? '1 was' : `${n} were`} found at Stripe today and entered into the books: no limit of the policy held there. \`npx deskwright refunds reconcile\` shows which.`,
      ];
    case 'webhooks_silent': {
      const when = since === null ? '' : ` since ${describeMoment(since, policy.time_zone)}`;
      return [
        { bold: 'No events from Zendesk' },
        `${when}${foundMeanwhile(missed)}. \`npx deskwright webhook\` repairs the webhook; `,
        { text: 'what is wrong', url: `${publicUrl}/readyz` },
      ];
    }
  }
}

/** `8 refunds and gifts today, worth $400; for a day 3 are usual, worth $60.` */
function refundsToday(n: number, usual: number | null, worth: Finding['worth']): string {
  const amount = (money: Money | undefined) => (money === undefined ? '' : `, worth ${formatMoney('en-US', money)}`);
  return `${n === 1 ? '1 refund or gift' : `${n} refunds and gifts`} today${amount(worth?.today)}; for a day ${rounded(usual)} are usual${amount(worth?.usual)}.`;
}

/** `-12` of NPS, `80 %` of all others. */
const shown = (survey: string, score: number): string =>
  survey === 'nps' ? String(Math.round(score)) : `${Math.round(100 * score)} %`;

const foundMeanwhile = (missed: number): string =>
  missed === 0
    ? ''
    : `; ${missed === 1 ? '1 change was' : `${missed} changes were`} found only in the export, one to two minutes late`;
