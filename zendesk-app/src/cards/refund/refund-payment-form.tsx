// Refunds a payment: an amount and a reason, with what would be allowed while the agent types, and a step that asks to confirm.
import type { TicketPayment } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct, useTicketView } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { describeInstrument } from '../../base/ui/describe-instrument.ts';
import { Meter } from '../../base/ui/meter.tsx';
import { Note } from '../../base/ui/note.tsx';
import { chosenOf, OptionalSelect } from '../../base/ui/optional-select.tsx';
import { AskedQuestion, useFocusAfterQuestion } from '../../base/ui/question.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { askForApproval, refundPayment } from './actions.ts';
import { texts } from './texts.ts';

/** Characters, as the service allows. */
const LONGEST_REASON = 500;

/** What is left of the payment, and a dispute, are shown anyway. */
const LIMITED_BY = {
  may_refund: 'limit_may_refund',
  currency: 'limit_currency',
  per_refund: 'limit_per_refund',
  per_agent_per_day: 'limit_per_agent_per_day',
  per_customer: 'limit_per_customer',
  per_ticket: 'limit_per_ticket',
  days_since_payment: 'limit_days_since_payment',
} as const;

/** The text of the first of the rules that allow no more than `upTo`; verification allows more, and is told elsewhere. */
function limitOf({ checks, upTo }: TicketPayment): (typeof LIMITED_BY)[keyof typeof LIMITED_BY] | undefined {
  const rule = checks.find(({ allows }) => allows === upTo.minor)?.rule ?? '';
  return rule in LIMITED_BY ? LIMITED_BY[rule as keyof typeof LIMITED_BY] : undefined;
}

/** By the step, what the button says. */
const CONFIRMS = { confirm: 'refund_amount', confirm_again: 'refund_once_more', ask_again: 'ask_once_more' } as const;

interface RefundPaymentFormProps {
  readonly payment: TicketPayment;
  /** Whether the agent may ask for more than `upTo`. */
  readonly mayAsk: boolean;
}

export function RefundPaymentForm({ payment, mayAsk }: RefundPaymentFormProps) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const { card } = useTicketView();
  const customer = card?.customer.name ?? null;
  const named = payment.match === 'verified' ? 'confirm_customer' : 'confirm_unverified';
  const confirm = customer === null ? 'confirm' : named;
  const reasonCodes = card?.refund?.reasonCodes;
  const { draft, write, discard, renew } = useDraft(`refund:${payment.payment}`);
  const [step, setStep] = useState<'edit' | 'confirm' | 'confirm_again' | 'ask_again'>('edit');
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { upTo } = payment;
  const limit = limitOf(payment);
  const most = mayAsk ? payment.left : upTo;
  const { amount: written = '', reason = '' } = draft.fields;
  const reasonCode = chosenOf(reasonCodes, draft.fields['reasonCode']);
  const why = { reason: reason.trim(), ...(reasonCode && { reasonCode }) };
  const minor = format.parseAmount(written, upTo.currency);
  const isTooMuch = minor !== null && minor > most.minor;
  const needsApproval = minor !== null && minor > upTo.minor && !isTooMuch;
  const badAmount = isTooMuch || (checked && minor === null);
  const badReason = checked && reason.trim() === '';
  const amount = format.money({ minor: minor ?? 0, currency: upTo.currency });
  useFocusAfterQuestion(step !== 'edit', form);
  // From the button that opened the card straight to the amount; an agent who went on elsewhere while payments were read stays there.
  useLayoutEffect(() => {
    const opened = document.getElementById(document.activeElement?.getAttribute('aria-controls') ?? '');
    if (opened?.contains(form.current)) form.current?.querySelector('input')?.focus();
  }, []);

  function ask(event: FormEvent): void {
    event.preventDefault();
    setChecked(true);
    if (minor !== null && !isTooMuch && reason.trim() !== '')
      return needsApproval ? void askApproval(minor) : setStep('confirm');
    const wrong = minor === null || isTooMuch ? 'amount' : 'reason';
    form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
  }

  async function refund(): Promise<void> {
    if (minor === null) return;
    const body = {
      payment: payment.payment,
      amount: { minor, currency: upTo.currency },
      ...why,
      ...(step === 'confirm_again' ? { isConfirmed: true } : {}),
      requestId: draft.requestId,
    };
    const answer = await action.run(refundPayment(body), t('refund_started', { amount }));
    if (answer === null) return;
    if (!answer.ok && answer.refusal.kind === 'needs_confirmation') return setStep('confirm_again');
    setStep('edit');
    if (!answer.ok && answer.refusal.kind === 'conflict') renew();
    if (!answer.ok) return;
    setChecked(false);
    discard();
  }

  async function askApproval(asked: number): Promise<void> {
    const body = {
      foundPayment: payment.payment,
      amount: { minor: asked, currency: upTo.currency },
      ...why,
      ...(step === 'ask_again' ? { isConfirmed: true } : {}),
      requestId: draft.requestId,
    };
    const answer = await action.run(askForApproval(body), t('approval_asked', { amount }));
    if (answer === null) return;
    if (!answer.ok && answer.refusal.kind === 'needs_confirmation') return setStep('ask_again');
    setStep('edit');
    if (!answer.ok && answer.refusal.kind === 'conflict') renew();
    if (!answer.ok) return;
    setChecked(false);
    discard();
  }

  const problem =
    action.problem === null ? null : (
      <Note kind="danger" live>
        {action.problem}
      </Note>
    );
  if (step !== 'edit')
    return (
      <AskedQuestion
        key={step}
        question={
          step === 'ask_again'
            ? t('confirm_ask_again', { amount })
            : t(confirm, { amount, instrument: describeInstrument(payment.instrument), customer: customer ?? '' })
        }
        confirm={action.busy && step !== 'ask_again' ? t('refunding') : t(CONFIRMS[step], { amount })}
        back={t('back')}
        disabled={!canAct}
        onConfirm={() => void (step === 'ask_again' ? askApproval(minor ?? 0) : refund())}
        onBack={() => setStep('edit')}
      >
        {problem}
      </AskedQuestion>
    );
  return (
    <form ref={form} noValidate aria-label={t('refund_title')} onSubmit={ask}>
      <Stack>
        <Field>
          <Field.Label>{t('refund_of', { currency: upTo.currency })}</Field.Label>
          <Input
            isCompact
            name="amount"
            inputMode="decimal"
            autoComplete="off"
            required
            value={written}
            aria-invalid={badAmount}
            {...(badAmount ? { validation: 'error' as const } : {})}
            onChange={(event) => write('amount', event.target.value)}
          />
          {badAmount ? (
            <Field.Message validation="error">{t('bad_amount', { upTo: format.money(most) })}</Field.Message>
          ) : null}
        </Field>
        {upTo.minor > 0 ? (
          <Meter
            label={t('payment_meter')}
            value={minor ?? 0}
            max={upTo.minor}
            text={t('payment_up_to', { upTo: format.money(upTo), left: format.money(payment.left) })}
          />
        ) : (
          <Subtle>{t('payment_nothing', { left: format.money(payment.left) })}</Subtle>
        )}
        {limit === undefined ? null : <Subtle>{t('limited_by', { rule: t(limit) })}</Subtle>}
        <Field>
          <Field.Label>{t('refund_reason')}</Field.Label>
          <Input
            isCompact
            name="reason"
            required
            maxLength={LONGEST_REASON}
            value={reason}
            aria-invalid={badReason}
            {...(badReason ? { validation: 'error' as const } : {})}
            onChange={(event) => write('reason', event.target.value)}
          />
          {badReason ? <Field.Message validation="error">{t('bad_reason')}</Field.Message> : null}
        </Field>
        <OptionalSelect
          label={t('reason_code')}
          name="reasonCode"
          choices={reasonCodes}
          value={draft.fields['reasonCode']}
          onChange={(code) => write('reasonCode', code)}
        />
        {problem}
        <ActionButton type="submit" disabled={!canAct}>
          {minor === null ? t('refund_button') : t(needsApproval ? 'ask_approval' : 'refund_amount', { amount })}
        </ActionButton>
      </Stack>
    </form>
  );
}
