// The form that asks for a refund above the agent's limit.
import type { RefundCard } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { chosenOf, OptionalSelect } from '../../base/ui/optional-select.tsx';
import { PaymentFields, readPayment } from '../../base/ui/payment-fields.tsx';
import { Stack } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

/** Characters, as the service allows. */
const LONGEST_REASON = 500;

interface AskFormProps {
  readonly currency: string;
  readonly reasonCodes: RefundCard['reasonCodes'];
  readonly needsPayment: boolean;
}

export function AskForm({ currency, reasonCodes, needsPayment }: AskFormProps) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const { draft, write, discard, renew } = useDraft('refund-approval');
  // What was refused as the same once more; asking for it again is the second confirmation.
  const [again, setAgain] = useState<number | null>(null);
  const { amount: written = '', reason = '' } = draft.fields;
  const minor = format.parseAmount(written, currency);
  const entered = needsPayment ? readPayment(draft.fields, (text) => format.parseAmount(text, currency)) : null;
  const isComplete = minor !== null && minor > 0 && reason.trim() !== '' && entered?.paid !== null;

  async function ask(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (minor === null || !isComplete) return;
    const amount = { minor, currency };
    const isConfirmed = again === minor;
    const reasonCode = chosenOf(reasonCodes, draft.fields['reasonCode']);
    const why = { reason: reason.trim(), ...(reasonCode && { reasonCode }) };
    const paid = entered?.paid && { payment: { ...entered.paid, paid: { minor: entered.paid.paid, currency } } };
    const body = { amount, ...why, ...paid, ...(isConfirmed && { isConfirmed }), requestId: draft.requestId };
    const done = t('was_asked', { amount: format.money(amount) });
    const answer = await action.run({ method: 'POST', path: 'refund-approvals', body }, done);
    if (answer?.ok === false && answer.refusal.kind === 'needs_confirmation') setAgain(minor);
    // The form was sent before, and the answer lost; then the agent changed it.
    if (answer?.ok === false && answer.refusal.kind === 'conflict') renew();
    if (answer?.ok === true) discard();
  }

  return (
    <form noValidate onSubmit={(event) => void ask(event)}>
      <Stack>
        <Field>
          <Field.Label>{t('amount', { currency })}</Field.Label>
          <Input
            isCompact
            inputMode="decimal"
            autoComplete="off"
            required
            value={written}
            onChange={(event) => write('amount', event.target.value)}
          />
        </Field>
        {needsPayment ? <PaymentFields fields={draft.fields} currency={currency} wrong={null} write={write} /> : null}
        <Field>
          <Field.Label>{t('reason')}</Field.Label>
          <Input
            isCompact
            required
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={(event) => write('reason', event.target.value)}
          />
        </Field>
        <OptionalSelect
          label={t('reason_code')}
          name="reasonCode"
          choices={reasonCodes}
          value={draft.fields['reasonCode']}
          onChange={(code) => write('reasonCode', code)}
        />
        {action.problem === null ? null : (
          <Note kind="danger" live>
            {action.problem}
          </Note>
        )}
        <ActionButton type="submit" disabled={!canAct || !isComplete}>
          {again !== null && again === minor
            ? t('ask_once_more', { amount: format.money({ minor, currency }) })
            : t('ask')}
        </ActionButton>
      </Stack>
    </form>
  );
}
