// `deskwright explain 42 --refund 80 --agent ...`: what would be decided about a refund now, on the service's database.
import type { Policy } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { formatMoney } from '@deskwright/shared/money';
import type { RefundCheck, RefundDecision } from '../../decide/refund-decision.ts';
import { readGroups } from '../../directory/directory.ts';
import type { Database } from '../../platform/storage/database.ts';
import { foreseeRefund, listFoundPayments, tiersOf } from '../../refunds/index.ts';
import { type ListedAgent, listAgents } from '../../sidebar/index.ts';
import { isVerified } from '../../tools/index.ts';
import { checkTiers, findAgent, type RefundAsked, readAmount } from './refund-asked.ts';

interface ExplainRefundOptions {
  readonly db: Database;
  readonly ticketId: number;
  readonly asked: RefundAsked;
  /** `name`: the file, the revision in git, or that it is in force. */
  readonly policy: { readonly name: string; readonly policy: Policy };
  readonly now: Date;
  readonly json: boolean;
  readonly out: (line: string) => void;
}

/**
 * @returns the exit code: 0 allowed, 1 not allowed, or the ticket is unknown
 * @throws Error when the amount, the agent or the payment is none
 */
export async function explainRefund(options: ExplainRefundOptions): Promise<0 | 1> {
  const { db, ticketId, asked, now, json, out } = options;
  const { name, policy } = options.policy;
  if (policy.refunds === undefined) {
    out(json ? NO_REFUNDS : `Nobody may refund anything: ${name} has no refunds.`);
    return 1;
  }
  const amount = readAmount(asked, policy.refunds);
  const agent = findAgent(await listAgents(db), asked);
  const tiers = await readTiers(db, policy, agent, asked);
  const payment = await choosePayment(db, ticketId, asked.payment, policy.time_zone);
  const question = { ticketId, policy, agent: { ...agent, tiers }, amount, payment, isVerified, now };
  const foreseen = await foreseeRefund(db, question);
  if (foreseen.kind === 'no_ticket') {
    out(json ? JSON.stringify({ ticket: null }) : `Ticket ${ticketId} is not known here.`);
    return 1;
  }
  if (foreseen.kind === 'no_payment')
    throw new Error(
      `No payment "${payment}" was found for ticket ${ticketId} and its customer, and no such order was entered by hand. Open the ticket in Zendesk once, so that its payments are found, or leave --payment out.`,
    );
  const { decision, stopped } = foreseen;
  const isAllowed = decision.verdict === 'allowed' && stopped === null;
  const { id, name: called, email, role } = agent;
  if (json)
    out(
      JSON.stringify({
        ticket: { id: ticketId },
        policy: name,
        agent: { id: id === 0 ? null : id, name: called, email, role, tiers },
        payment: foreseen.payment,
        stopped,
        ...refundToJson(decision, amount),
      }),
    );
  else {
    const ofWhat = foreseen.payment === null ? 'by hand, without a payment' : `of ${foreseen.payment}`;
    const whose = tiers.length === 0 ? 'in no tier' : `tier ${tiers.join(', ')}`;
    out(
      `Refund of ${formatMoney('en-US', amount)} ${ofWhat} on ticket ${ticketId}, by ${called} (${whose}), under ${name}:`,
    );
    if (stopped !== null) out(`Refused: all refunds are stopped (${stopped}). Otherwise:`);
    for (const line of describeRefund(decision, policy.refunds.currency)) out(line);
  }
  return isAllowed ? 0 : 1;
}

const NO_REFUNDS = JSON.stringify({ verdict: 'refused', rule: 'may_refund', upTo: null, checks: [], stopped: null });

async function readTiers(db: Database, policy: Policy, agent: ListedAgent, { tiers }: RefundAsked) {
  checkTiers(policy, tiers);
  if (tiers !== undefined) return tiers;
  if (agent.groupIds === null)
    throw new Error(
      `The service has not read the groups of ${agent.name} from Zendesk yet. Name their tier with --tier.`,
    );
  const groups = await readGroups(db);
  return tiersOf(policy, { groupId: (group) => groups.get(group) ?? null }, { groupIds: agent.groupIds });
}

/** Which one is meant if none is named: the only one of the ticket. */
async function choosePayment(db: Database, ticketId: number, named: string | undefined, timeZone: string) {
  if (named !== undefined) return named === 'none' ? null : named;
  const found = await listFoundPayments(db, ticketId, timeZone);
  if (found.length < 2) return found[0]?.payment ?? null;
  const listed = found.map(
    ({ payment, amount, paidOn }) => `${payment} (${formatMoney('en-US', amount)} of ${paidOn})`,
  );
  throw new Error(`Ticket ${ticketId} has several payments; name one with --payment, or none: ${listed.join(', ')}.`);
}

const VERDICTS: Readonly<Record<RefundDecision['verdict'], string>> = {
  allowed: 'Allowed',
  needs_approval: 'Not allowed without an approval',
  needs_verification: 'Not allowed before the customer is verified',
  needs_confirmation: 'Not allowed before the agent confirms that the same amount again is meant',
  refused: 'Refused',
};

/** `Allowed, by refunds.limits of tier t1. Without an approval: up to $50.`, and a line a check. */
export function describeRefund({ verdict, rule, upTo, checks }: RefundDecision, currency: string): string[] {
  const width = Math.max(0, ...checks.map(({ rule: one }) => one.length));
  return [
    `${VERDICTS[verdict]}, by ${rule}. Without an approval: ${most(upTo, currency)}.`,
    ...checks.map(({ rule: one, allows, limit, passed }: RefundCheck) =>
      `  ${passed ? 'passed' : 'FAILED'}  ${one.padEnd(width)}  ${allows === null ? '' : `${most(allows, currency)}${limit === null || limit === allows ? '' : ` of ${money(limit, currency)}`}`}`.trimEnd(),
    ),
  ];
}

/** For `--json`: amounts in minor units. */
export const refundToJson = ({ verdict, rule, upTo, checks, because, line }: RefundDecision, amount: Money) => ({
  verdict,
  rule,
  amount,
  upTo: { minor: upTo, currency: amount.currency },
  checks,
  because,
  line,
});

const money = (minor: number, currency: string): string => formatMoney('en-US', { minor, currency });
const most = (minor: number, currency: string): string =>
  minor === 0 ? 'nothing' : minor === Number.MAX_SAFE_INTEGER ? 'any amount' : `up to ${money(minor, currency)}`;
