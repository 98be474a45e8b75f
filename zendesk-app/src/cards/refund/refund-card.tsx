// The refund card: how much this agent may refund now, and why.
import type { RefundCard as Refund, TicketCard } from '@deskwright/shared/contract';
import type { CardDefinition } from '../../base/card-definition.ts';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Meter } from '../../base/ui/meter.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

function RefundCard({ card }: { readonly card: TicketCard }) {
  return card.refund === null ? null : <RefundSection refund={card.refund} />;
}

function RefundSection({ refund }: { readonly refund: Refund }) {
  const refundTexts = useTexts(texts);
  const { t, format } = refundTexts;
  const none = describeNothingLeft(refundTexts, refund);
  if (none !== null) {
    return (
      <Section hiddenTitle title={t('title')}>
        <Disclosure plain label={none}>
          <Subtle>{describeLimitAndCount(refundTexts, refund)}</Subtle>
        </Disclosure>
      </Section>
    );
  }
  const above = refund.approvers.length === 0 ? null : t('above', { who: format.either(refund.approvers) });
  return (
    <Section hiddenTitle title={t('title')}>
      <Disclosure
        plain
        label={<strong>{t('up_to', { amount: format.money(refund.upTo) })}</strong>}
        {...(above === null ? {} : { aside: <Subtle as="span">{above}</Subtle> })}
      >
        <Details refund={refund} />
      </Disclosure>
    </Section>
  );
}

function Details({ refund }: { readonly refund: Refund }) {
  const refundTexts = useTexts(texts);
  const { t, format } = refundTexts;
  const used = { used: format.money(refund.usedToday), perDay: format.money(refund.perDay) };
  return (
    <Stack $gap={4}>
      {/* Nothing about today at zero: it would claim that nothing was refunded, but only recorded refunds are known. */}
      {refund.usedToday.minor === 0 ? null : (
        <>
          <Meter label={t('meter')} value={refund.usedToday.minor} max={refund.perDay.minor} text={t('used', used)} />
          <Subtle>{t('counted')}</Subtle>
        </>
      )}
      <Subtle>{describeDetails(refundTexts, refund).join(' ')}</Subtle>
    </Stack>
  );
}

function isUsedUp({ upTo, perRefund, perDay }: Refund): boolean {
  return upTo.minor === 0 && perRefund.minor > 0 && perDay.minor > 0;
}

/** Says that nothing may be refunded and whom to ask. Null: something may be refunded. */
function describeNothingLeft({ t, format }: TextsOf<typeof texts>, refund: Refund): string | null {
  if (refund.upTo.minor > 0) return null;
  const ask = refund.approvers.length > 0 ? { who: format.either(refund.approvers) } : null;
  if (isUsedUp(refund)) {
    const perDay = format.money(refund.perDay);
    return ask === null ? t('used_up', { perDay }) : t('used_up_ask', { perDay, ...ask });
  }
  return ask === null ? t('none') : t('none_ask', ask);
}

/** Where the daily limit is used up, also says what was counted. */
function describeLimitAndCount(refundTexts: TextsOf<typeof texts>, refund: Refund): string {
  const why = describeLimit(refundTexts, refund);
  return isUsedUp(refund) ? `${why} ${refundTexts.t('counted')}` : why;
}

function describeDetails(refundTexts: TextsOf<typeof texts>, refund: Refund): string[] {
  const { t, format } = refundTexts;
  const verify = refund.verifyAbove === null ? [] : [t('verify', { amount: format.money(refund.verifyAbove) })];
  return [...verify, describeLimit(refundTexts, refund)];
}

function describeLimit({ t, format }: TextsOf<typeof texts>, { because: why, perRefund }: Refund): string {
  const limit = format.money(perRefund);
  switch (why.by) {
    case 'agent':
      return t('by_agent', { limit });
    case 'tier':
      return t('by_tier', { tier: why.tierName, limit });
    case 'default':
      return t('by_default');
  }
}

export const refundCard: CardDefinition = { texts, Card: RefundCard };
