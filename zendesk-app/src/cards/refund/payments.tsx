// Shows the payments of the ticket's customer and what became of their refunds, and lets the agent refund one.
import type { PaymentRefund, TicketPayment, TicketPayments } from '@deskwright/shared/contract';
import { Field, Select } from '@zendeskgarden/react-forms';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useService } from '../../base/service/service-context.tsx';
import { useTicketView } from '../../base/ticket/sidebar-context.tsx';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { describeInstrument } from '../../base/ui/describe-instrument.ts';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { readPayments } from './actions.ts';
import { Evidence } from './evidence.tsx';
import { RefundPaymentForm } from './refund-payment-form.tsx';
import { texts } from './texts.ts';

/**
 * By a call of their own, so that a provider that does not answer leaves the rest of the sidebar as it is. `byHand`: for refunds paid elsewhere, behind
 * a button where a payment was found.
 */
export function Payments({ byHand: form }: { readonly byHand: ReactNode }) {
  const { t } = useTexts(texts);
  const service = useService();
  const { ticketId, card } = useTicketView();
  const [shown, setShown] = useState<TicketPayments | null>(null);
  const [isBroken, setBroken] = useState(false);
  const read = useCallback(async () => {
    const answer = await readPayments(service, ticketId);
    setBroken(!answer.ok);
    if (answer.ok) setShown(answer.value);
  }, [service, ticketId]);
  const load = useCallback(() => void read(), [read]);
  // The card changes whenever a refund does.
  useEffect(load, [load, card]);

  // What the provider says now, or what it said when the card was made.
  const isAnyDisputed =
    card?.refund?.isAnyDisputed === true ||
    shown?.payments.some(({ dispute }) => dispute !== null && dispute.isLost !== true) === true;
  const byHand = form !== null && isAnyDisputed ? <Note kind="warning">{t('by_hand_disputed')}</Note> : form;
  const isUnknown = isBroken || shown?.problem === 'unavailable';
  if (shown === null && !isUnknown) return <Subtle>{t('payments_loading')}</Subtle>;
  if (shown === null)
    return (
      <>
        <Unknown onRetry={load} />
        {byHand}
      </>
    );
  if (shown.problem === 'not_connected') return byHand;
  return (
    <Stack $gap={4}>
      {isUnknown ? <Unknown asOf={shown.payments.length > 0 ? shown.asOf : null} onRetry={load} /> : null}
      {shown.refunds.map((refund) => (
        <RefundLine key={refund.requestId} refund={refund} isHere={refund.ticketId === ticketId} />
      ))}
      {shown.payments.length > 0 ? <ChosenPayment payments={shown.payments} /> : null}
      {shown.payments.length === 0 && !isUnknown ? <Subtle>{t('payments_none')}</Subtle> : null}
      {shown.payments.length > 0 && byHand !== null && !isAnyDisputed ? (
        <Disclosure label={t('by_hand')}>{byHand}</Disclosure>
      ) : (
        byHand
      )}
    </Stack>
  );
}

function Unknown({ asOf = null, onRetry }: { readonly asOf?: string | null; readonly onRetry: () => void }) {
  const { t, format } = useTexts(texts);
  return (
    <Subtle>
      {asOf === null ? t('payments_unknown') : t('payments_as_of', { when: format.ago(asOf) })}{' '}
      <LinkButton onClick={onRetry}>{t('payments_again')}</LinkButton>
    </Subtle>
  );
}

const NOT_VERIFIED = {
  customer_id: 'not_verified_profile',
  email: 'not_verified',
  ticket_field: 'not_verified_field',
} as const;

function ChosenPayment({ payments }: { readonly payments: readonly TicketPayment[] }) {
  const refundTexts = useTexts(texts);
  const { t, format } = refundTexts;
  const first = payments.find(({ upTo }) => upTo.minor > 0) ?? payments[0];
  const { card } = useTicketView();
  const [chosen, setChosen] = useState<string | null>(null);
  const payment = payments.find((one) => one.payment === chosen) ?? first;
  if (payment === undefined) return null;
  // A service of the former version sends no evidence.
  const { evidence = [] } = payment.dispute?.isLost ? {} : (payment.dispute ?? {});
  // One request at a time waits for a payment.
  const isAsked = card?.refundApprovals.here.some(
    ({ state, payment: of }) => state === 'open' && of !== null && 'instrument' in of && of.payment === payment.payment,
  );
  const isRefundable =
    payment.dispute === null && payment.left.minor > 0 && payment.left.currency === card?.refund?.upTo.currency;
  const mayAsk = card?.refund?.mayAsk === true && isAsked !== true && isRefundable;
  const name = ({ amount, paidAt, instrument, description, dispute }: TicketPayment) =>
    [
      t('payment', {
        amount: format.money(amount),
        when: format.date(paidAt),
        instrument: describeInstrument(instrument),
      }),
      description,
      dispute === null ? null : t('payment_disputed'),
    ]
      .filter((part) => part !== null)
      .join(' · ');
  return (
    <>
      <Field>
        <Field.Label>{t('payment_label')}</Field.Label>
        <Select isCompact value={payment.payment} onChange={(event) => setChosen(event.target.value)}>
          {payments.map((one) => (
            <option key={one.payment} value={one.payment}>
              {name(one)}
            </option>
          ))}
        </Select>
      </Field>
      {payment.match === 'verified' ? null : <Subtle>{t(NOT_VERIFIED[payment.match])}</Subtle>}
      {payment.dispute === null ? null : (
        <Note kind="warning">
          {payment.dispute.isLost
            ? t('dispute_lost')
            : t('disputed', { reason: payment.dispute.reason.replaceAll('_', ' ') })}{' '}
          {payment.dispute.isLost || payment.dispute.evidenceDueBy === null
            ? null
            : t('evidence_due', { when: format.dateTime(payment.dispute.evidenceDueBy) })}
        </Note>
      )}
      {evidence.length === 0 ? null : <Evidence payment={payment.payment} evidence={evidence} />}
      {payment.upTo.minor > 0 || mayAsk ? (
        <RefundPaymentForm key={payment.payment} payment={payment} mayAsk={mayAsk} />
      ) : payment.dispute === null ? (
        <Subtle>{t('payment_nothing', { left: format.money(payment.left) })}</Subtle>
      ) : null}
    </>
  );
}

const STATES = {
  started: 'state_started',
  pending: 'state_pending',
  succeeded: 'state_succeeded',
  refused: 'state_refused',
  failed: 'state_failed',
} as const;

function RefundLine({ refund, isHere }: { readonly refund: PaymentRefund; readonly isHere: boolean }) {
  const refundTexts = useTexts(texts);
  const { t, format } = refundTexts;
  const { amount, instrument, by, at, state, providerRef, ticketId, reasonCode } = refund;
  const what = { amount: format.money(amount), instrument: describeInstrument(instrument), by };
  return (
    <div>
      {t('made', { ...what, when: format.ago(at) })}{' '}
      <Subtle as="span">
        {[t(STATES[state]), reasonCode, providerRef, isHere ? null : t('on_ticket', { ticket: String(ticketId) })]
          .filter((part) => part != null)
          .join(' · ')}
      </Subtle>
    </div>
  );
}
