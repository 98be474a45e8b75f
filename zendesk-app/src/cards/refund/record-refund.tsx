// The form that records a refund: an amount and a reason.
import type { RefundCard } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, SubTitle } from '../../base/ui/text.tsx';
import { recordRefund } from './actions.ts';
import { texts } from './texts.ts';

/** Characters, as the service allows. */
const LONGEST_REASON = 500;

/** Keeps the typed text until the refund is recorded. The button repeats the amount as it was read, so that nobody records 1,250 for 12.50. */
export function RecordRefund({ upTo }: Pick<RefundCard, 'upTo'>) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const { draft, write, discard, renew } = useDraft('refund');
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const titleId = useId();
  const { amount: written = '', reason = '' } = draft.fields;
  const minor = format.parseAmount(written, upTo.currency);
  const amount = minor === null ? null : { minor, currency: upTo.currency };
  const badAmount = checked && (minor === null || minor > upTo.minor);
  const badReason = checked && reason.trim() === '';

  async function record(event: FormEvent): Promise<void> {
    event.preventDefault();
    setChecked(true);
    const isComplete = amount !== null && amount.minor <= upTo.minor && reason.trim() !== '';
    if (!isComplete) {
      const name = amount === null || amount.minor > upTo.minor ? 'amount' : 'reason';
      form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
      return;
    }
    const body = { amount, reason: reason.trim(), requestId: draft.requestId };
    const answer = await action.run(recordRefund(body), t('recorded', { amount: format.money(amount) }));
    // The form was recorded before, and the answer lost; then the agent changed the amount. The list now shows what was recorded.
    if (answer?.ok === false && answer.refusal.kind === 'conflict') renew();
    if (answer?.ok !== true) return;
    setChecked(false);
    discard();
  }

  return (
    <form ref={form} noValidate aria-labelledby={titleId} onSubmit={(event) => void record(event)}>
      <Stack>
        <SubTitle id={titleId}>{t('record_title')}</SubTitle>
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
          {amount === null ? t('record') : t('record_amount', { amount: format.money(amount) })}
        </ActionButton>
      </Stack>
    </form>
  );
}
