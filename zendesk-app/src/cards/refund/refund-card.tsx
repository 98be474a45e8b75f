// The refund card: how much this agent may refund now and why, a form to record a refund, and those recorded on the ticket.
import type { RefundCard as Refund, TicketCard } from '@deskwright/shared/contract';
import type { ReactNode } from 'react';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Meter } from '../../base/ui/meter.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Row, Stack, Subtle } from '../../base/ui/text.tsx';
import { describeAbove, describeDetails, describeHeadline, isUsedUp } from './describe-limit.ts';
import { Payments } from './payments.tsx';
import { RecordRefund } from './record-refund.tsx';
import { RecordedRefunds } from './recorded-refunds.tsx';
import { texts } from './texts.ts';

function RefundCard({ card: { refund, recordedRefunds } }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  if (refund === null && recordedRefunds.length === 0) return null;
  return (
    <Section hiddenTitle title={t('title')}>
      <Stack $gap={4}>
        {/* First, so that a refund just recorded stands above the form and not below the screen. */}
        {recordedRefunds.length === 0 ? null : <RecordedRefunds refunds={recordedRefunds} />}
        {refund === null ? null : <Limit refund={refund} />}
      </Stack>
    </Section>
  );
}

/** Where the category is not about money, one small button that shows the same. */
function Limit({ refund }: { readonly refund: Refund }) {
  const refundTexts = useTexts(texts);
  const headline = describeHeadline(refundTexts, refund);
  const above = describeAbove(refundTexts, refund);
  const label = refund.upTo.minor > 0 ? <strong>{headline}</strong> : headline;
  const aside = above === null ? null : <Subtle as="span">{above}</Subtle>;
  return refund.aboutMoney ? (
    <Disclosure plain wraps shortcut="r" label={label} aside={aside}>
      <Details refund={refund} />
    </Disclosure>
  ) : (
    <Disclosure shortcut="r" label={refundTexts.t('limit')}>
      <Details refund={refund}>
        <Row>
          {label}
          {aside}
        </Row>
      </Details>
    </Disclosure>
  );
}

function Details({ refund, children }: { readonly refund: Refund; readonly children?: ReactNode }) {
  const refundTexts = useTexts(texts);
  const { t, format } = refundTexts;
  const used = { used: format.money(refund.usedToday), perDay: format.money(refund.perDay) };
  // Nothing about today at zero: it would claim that nothing was refunded, but only recorded refunds are known.
  const counts = refund.usedToday.minor > 0;
  return (
    <Stack $gap={4}>
      {children}
      {counts && !isUsedUp(refund) ? (
        <Meter label={t('meter')} value={refund.usedToday.minor} max={refund.perDay.minor} text={t('used', used)} />
      ) : null}
      {counts ? <Subtle>{t('counted')}</Subtle> : null}
      <Subtle>{describeDetails(refundTexts, refund).join(' ')}</Subtle>
      <Payments
        byHand={
          refund.upTo.minor > 0 ? (
            <RecordRefund upTo={refund.upTo} needsPayment={refund.needsPayment} reasonCodes={refund.reasonCodes} />
          ) : null
        }
      />
    </Stack>
  );
}

export const refundCard: CardDefinition = { texts, Card: RefundCard };
