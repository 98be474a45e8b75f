// Describes in the agent's language how much they may refund, why, and who may approve more.
import type { RefundCard } from '@deskwright/shared/contract';
import type { TextsOf } from '../../base/i18n/texts-context.tsx';
import type { texts } from './texts.ts';

type RefundTexts = TextsOf<typeof texts>;

export function isUsedUp({ upTo, perRefund, perDay }: RefundCard): boolean {
  return upTo.minor === 0 && perRefund.minor > 0 && perDay.minor > 0;
}

/** What may be refunded now; where that is nothing, why, and whom to ask. */
export function describeHeadline(refundTexts: RefundTexts, refund: RefundCard): string {
  const { t, format } = refundTexts;
  if (refund.upTo.minor > 0) return t('up_to', { amount: format.money(refund.upTo) });
  return `${describeNone(refundTexts, refund)} ${describeWhoMay(refundTexts, refund)}`;
}

/** Beside an amount: who may approve more. Null: nothing may be refunded, so the headline says it, or nobody may. */
export function describeAbove({ t, format }: RefundTexts, { upTo, mayApprove, approvers }: RefundCard): string | null {
  if (upTo.minor === 0) return null;
  if (mayApprove) return t('approver');
  return approvers.length === 0 ? null : t('above', { who: format.either(approvers) });
}

/** When to verify, the limit and whose it is, and what an approver may. */
export function describeDetails(refundTexts: RefundTexts, refund: RefundCard): string[] {
  const { t, format } = refundTexts;
  const { upTo, verifyAbove, mayApprove } = refund;
  return [
    ...(upTo.minor > 0 && verifyAbove !== null ? [t('verify', { amount: format.money(verifyAbove) })] : []),
    describeLimit(refundTexts, refund),
    ...(mayApprove ? [t('approver_any')] : []),
  ];
}

function describeNone({ t, format }: RefundTexts, refund: RefundCard): string {
  if (isUsedUp(refund)) return t('used_up', { perDay: format.money(refund.perDay) });
  const group = groupOf(refund);
  return group === undefined ? t('none') : t('none_group', { group });
}

function groupOf({ because }: RefundCard): string | undefined {
  if (because.by === 'role') return undefined;
  return because.by === 'agent' ? because.name : because.tierName;
}

function describeWhoMay({ t, format }: RefundTexts, { mayApprove, approvers }: RefundCard): string {
  if (mayApprove) return t('approver_sentence');
  return approvers.length === 0 ? t('ask_lead') : t('ask', { who: format.either(approvers) });
}

function describeLimit({ t, format }: RefundTexts, { because: why, perRefund, share }: RefundCard): string {
  const limit = share === null ? format.money(perRefund) : t('share', { share });
  switch (why.by) {
    case 'agent':
      return why.name === undefined ? t('by_agent', { limit }) : t('by_tier', { tier: why.name, limit });
    case 'role':
      return t('by_agent', { limit });
    case 'tier':
      return t('by_tier', { tier: why.tierName, limit });
    case 'default':
      return t('by_default');
  }
}
