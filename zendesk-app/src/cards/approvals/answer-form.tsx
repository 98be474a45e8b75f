// The form in which an approver grants, lowers or declines a request. Granting asks to confirm amount, card and customer.
import type { AnswerApproval, RefundApproval } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct, useSidebar, useTicketView } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { describeInstrument } from '../../base/ui/describe-instrument.ts';
import { Note } from '../../base/ui/note.tsx';
import { AskedQuestion, useFocusAfterQuestion } from '../../base/ui/question.tsx';
import { Row, Stack } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

/** Characters, as the service allows. */
const LONGEST_ANSWER = 500;

export function AnswerForm({
  request: { id, amount: asked, payment, isDisputed },
}: {
  readonly request: RefundApproval;
}) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const [written, setWritten] = useState('');
  const [why, setWhy] = useState('');
  const [step, setStep] = useState<'edit' | 'confirm' | 'confirm_again'>('edit');
  const form = useRef<HTMLDivElement>(null);
  const asks = useQuestion(payment);
  const isGone = payment !== null && 'isGone' in payment && payment.isGone;
  const mayGrant = !isGone && !isDisputed;
  const minor = written.trim() === '' ? asked.minor : format.parseAmount(written, asked.currency);
  const isBad = minor === null || minor <= 0 || minor > asked.minor;
  const granted = { minor: isBad ? asked.minor : minor, currency: asked.currency };

  const answer = (body: AnswerApproval, done: string) =>
    action.run({ method: 'PUT', path: `refund-approvals/${id}/answer`, body }, done);

  useFocusAfterQuestion(step !== 'edit' && mayGrant, form);

  async function grant(): Promise<void> {
    const isConfirmed = step === 'confirm_again';
    const body = { answer: 'approve', asked, granted, why, ...(isConfirmed && { isConfirmed }) } as const;
    const given = await answer(body, t('granted', { amount: format.money(granted) }));
    if (given === null) return;
    const isSameAgain = !given.ok && given.refusal.kind === 'needs_confirmation';
    setStep(isSameAgain ? 'confirm_again' : 'edit');
  }

  const amount = format.money(granted);
  const problem =
    action.problem === null ? null : (
      <Note kind="danger" live>
        {action.problem}
      </Note>
    );
  if (step !== 'edit' && mayGrant)
    return (
      <AskedQuestion
        key={step}
        question={asks(amount)}
        confirm={t(step === 'confirm_again' ? 'grant_once_more' : 'grant', { amount })}
        back={t('back')}
        disabled={!canAct}
        onConfirm={() => void grant()}
        onBack={() => setStep('edit')}
      >
        {problem}
      </AskedQuestion>
    );
  return (
    <Stack ref={form}>
      {isDisputed ? <Note kind="warning">{t('grant_disputed')}</Note> : null}
      {mayGrant ? (
        <Field>
          <Field.Label>{t('grant_amount', { currency: asked.currency })}</Field.Label>
          <Input
            isCompact
            inputMode="decimal"
            autoComplete="off"
            placeholder={format.money(asked)}
            value={written}
            aria-invalid={isBad}
            onChange={(event) => setWritten(event.target.value)}
          />
          {isBad ? (
            <Field.Message validation="error">{t('bad_amount', { upTo: format.money(asked) })}</Field.Message>
          ) : null}
        </Field>
      ) : null}
      <Field>
        <Field.Label>{t('why')}</Field.Label>
        <Input isCompact maxLength={LONGEST_ANSWER} value={why} onChange={(event) => setWhy(event.target.value)} />
      </Field>
      <Row>
        {mayGrant ? (
          <ActionButton isPrimary disabled={!canAct || isBad} onClick={() => setStep('confirm')}>
            {t('grant', { amount })}
          </ActionButton>
        ) : null}
        <ActionButton
          disabled={!canAct}
          onClick={() => void answer({ answer: 'decline', asked, granted: null, why }, t('was_declined'))}
        >
          {t('decline')}
        </ActionButton>
      </Row>
      {problem}
    </Stack>
  );
}

/** Names the card and the customer; only a verified customer as whose it is. */
function useQuestion(payment: RefundApproval['payment']): (amount: string) => string {
  const { t } = useTexts(texts);
  const { card } = useTicketView();
  const { now } = useSidebar();
  const customer = card?.customer.name ?? null;
  if (payment !== null && 'instrument' in payment && !payment.isGone) {
    const until = card?.verification?.verified?.until;
    const isVerified = until !== undefined && Date.parse(until) > now();
    const isTheirs = payment.match !== 'ticket_field' && isVerified;
    const named = isTheirs ? 'confirm_customer' : 'confirm_unverified';
    const about = { instrument: describeInstrument(payment.instrument), customer: customer ?? '' };
    return (amount) => t(customer === null ? 'confirm' : named, { amount, ...about });
  }
  const about = {
    payment: payment !== null && 'order' in payment ? t('order', { order: payment.order }) : t('no_payment'),
    customer: customer ?? '',
  };
  return (amount) => t(customer === null ? 'confirm_by_hand' : 'confirm_by_hand_customer', { amount, ...about });
}
