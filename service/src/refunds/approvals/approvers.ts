// Decides who may answer a request for more than a limit, and up to how much, and notifies them in Slack.
import type { Policy } from '@deskwright/shared';
import { formatMoney } from '@deskwright/shared/money';
import { recordEffect } from '../../platform/outbox/entries.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { SLACK_MESSAGE } from '../../slack/slack-message.ts';
import type { refundApprovals } from '../tables.ts';

interface Approver {
  /** In lower case; null if Zendesk has none. */
  readonly email: string | null;
  readonly tiers: readonly string[];
}

/** `any`: any amount that is left of the payment. `own_limit`: what they might refund themselves. Null: they answer nothing. */
export function mayApprove(
  { approve_above_limit, approvals }: NonNullable<Policy['refunds']>,
  { email, tiers }: Approver,
  isEscalated: boolean,
): 'any' | 'own_limit' | null {
  const named = [...approve_above_limit, ...(isEscalated ? approvals.escalate_to : [])];
  if (email !== null && named.some((one) => one.toLowerCase() === email)) return 'any';
  return tiers.some((tier) => approvals.tiers.includes(tier)) ? 'own_limit' : null;
}

export interface NotifyApprovers {
  /** Whether a Slack channel has an address. */
  readonly hasAddress: (channel: string) => boolean;
  readonly ticketUrl: (id: number) => string;
}

interface Telling {
  readonly refunds: NonNullable<Policy['refunds']>;
  readonly row: typeof refundApprovals.$inferSelect;
  readonly news: { readonly is: 'asked'; readonly by: string } | { readonly is: 'escalated' };
}

/** The agent's reason stays on the ticket: it may quote the customer. */
export async function notifyApprovers(
  tx: Queryable,
  { hasAddress, ticketUrl }: NotifyApprovers,
  { refunds, row, news }: Telling,
): Promise<void> {
  const { slack: channel } = refunds.approvals;
  if (channel === undefined || !hasAddress(channel)) return;
  const amount = formatMoney('en-US', { minor: row.amountMinor, currency: row.currency });
  const about = [{ bold: amount }, ' · ', { text: `#${row.ticketId}`, url: ticketUrl(row.ticketId) }];
  await recordEffect(tx, SLACK_MESSAGE, {
    key: `refund-approval:${row.id}:${news.is}`,
    subjectId: null,
    payload: {
      channel,
      summary:
        news.is === 'asked'
          ? [`${news.by} asks for approval of a refund of `, ...about]
          : ['Nobody has answered a request to refund ', ...about, ': it is escalated.'],
      lines: [[`Above ${row.rule}.`]],
    },
  });
}
