// The form that records a refund paid by hand: an amount, a reason, and the payment where the policy asks for it.
import type { RefundCard } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { chosenOf, OptionalSelect } from '../../base/ui/optional-select.tsx';
import { PaymentFields, readPayment } from '../../base/ui/payment-fields.tsx';
import { FieldRow, Stack, SubTitle } from '../../base/ui/text.tsx';
import { recordRefund } from './actions.ts';
import { texts } from './texts.ts';

/** Characters, as the service allows. */
const LONGEST_REASON = 500;

/** Keeps the typed text until the refund is recorded. The button repeats the amount as it was read, so that nobody records 1,250 for 12.50. */
export function RecordRefund({
  upTo,
  needsPayment,
  reasonCodes,
}: Pick<RefundCard, 'upTo' | 'needsPayment' | 'reasonCodes'>) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const { draft, write: keep, discard, renew } = useDraft('refund');
  const [again, setAgain] = useState(false);
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const titleId = useId();
  const { amount: written = '', reason = '' } = draft.fields;
  const minor = format.parseAmount(written, upTo.currency);
  const amount = minor === null ? null : { minor, currency: upTo.currency };
  const badAmount = checked && (minor === null || minor > upTo.minor);
  const badReason = checked && reason.trim() === '';
  const payment = needsPayment ? readPayment(draft.fields, (text) => format.parseAmount(text, upTo.currency)) : null;
  // Another form is no longer the same refund once more.
  const write = (field: string, value: string): void => {
    setAgain(false);
    keep(field, value);
  };

  async function record(event: FormEvent): Promise<void> {
    event.preventDefault();
    setChecked(true);
    const isTooMuch = amount === null || amount.minor > upTo.minor;
    const wrong = isTooMuch ? 'amount' : (payment?.wrong ?? (reason.trim() === '' ? 'reason' : null));
    if (wrong !== null) form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
    if (wrong !== null || amount === null) return;
    const paid = payment?.paid && { payment: { ...payment.paid, paid: { ...amount, minor: payment.paid.paid } } };
    const confirmed = again ? { isConfirmed: true } : {};
    const reasonCode = chosenOf(reasonCodes, draft.fields['reasonCode']);
    const why = { reason: reason.trim(), ...(reasonCode && { reasonCode }) };
    const body = { amount, ...why, ...paid, ...confirmed, requestId: draft.requestId };
    const answer = await action.run(recordRefund(body), t('recorded', { amount: format.money(amount) }));
    if (answer?.ok === false && answer.refusal.kind === 'needs_confirmation') setAgain(true);
    // The form was recorded before, and the answer lost; then the agent changed the amount. The list now shows what was recorded.
    if (answer?.ok === false && answer.refusal.kind === 'conflict') renew();
    if (answer?.ok !== true) return;
    setChecked(false);
    setAgain(false);
    discard();
  }

  return (
    <form ref={form} noValidate aria-labelledby={titleId} onSubmit={(event) => void record(event)}>
      <Stack>
        <SubTitle id={titleId}>{t('record_title')}</SubTitle>
        <FieldRow>
          <Field>
            <Field.Label>{t('amount', { currency: upTo.currency })}</Field.Label>
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
              <Field.Message validation="error">{t('bad_amount', { upTo: format.money(upTo) })}</Field.Message>
            ) : null}
          </Field>
          <OptionalSelect
            label={t('reason_code')}
            name="reasonCode"
            choices={reasonCodes}
            value={draft.fields['reasonCode']}
            onChange={(code) => write('reasonCode', code)}
          />
        </FieldRow>
        {payment === null ? null : (
          <PaymentFields
            fields={draft.fields}
            currency={upTo.currency}
            wrong={checked ? payment.wrong : null}
            write={write}
          />
        )}
        <Field>
          <Field.Label>{t('reason')}</Field.Label>
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
        {action.problem === null ? null : (
          <Note kind="danger" live>
            {action.problem}
          </Note>
        )}
        <ActionButton type="submit" disabled={!canAct}>
          {amount === null
            ? t('record')
            : t(again ? 'record_once_more' : 'record_amount', { amount: format.money(amount) })}
        </ActionButton>
      </Stack>
    </form>
  );
}
