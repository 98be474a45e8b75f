// Asks for the reason, and whether this is to be given to this customer.
import type { GoodwillItem } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct, useTicketView } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { AskedQuestion, Question } from '../../base/ui/question.tsx';
import { Row, Stack } from '../../base/ui/text.tsx';
import { giveGoodwill } from './actions.ts';
import { texts } from './texts.ts';

/** Characters, as the service allows. */
const LONGEST_REASON = 500;

interface GiveFormProps {
  readonly item: GoodwillItem;
  readonly onClose: () => void;
}

export function GiveForm({ item, onClose }: GiveFormProps) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const customer = useTicketView().card?.customer.name ?? null;
  const { draft, write, discard, renew } = useDraft(`goodwill:${item.id}`);
  const { reason = '' } = draft.fields;
  const [isChecked, setChecked] = useState(false);
  const [isAgain, setAgain] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const question = useRef<HTMLParagraphElement>(null);
  const isBad = isChecked && reason.trim() === '';
  const about = { name: item.name, value: format.money(item.value), customer: customer ?? '' };
  // Never a filled-in field, so that a key held down cannot confirm the question unread.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the form opens
  useLayoutEffect(() => {
    (reason === '' ? input : question).current?.focus();
  }, []);

  async function give(): Promise<void> {
    setChecked(true);
    if (reason.trim() === '') {
      input.current?.focus();
      return;
    }
    const body = {
      item: item.id,
      value: item.value,
      reason: reason.trim(),
      ...(isAgain ? { isConfirmed: true } : {}),
      requestId: draft.requestId,
    };
    const answer = await action.run(giveGoodwill(body), t('given', about));
    if (answer === null) return;
    if (answer.ok) {
      discard();
      onClose();
    } else if (answer.refusal.kind === 'needs_confirmation') {
      action.clear();
      setAgain(true);
    } else if (answer.refusal.kind === 'conflict') renew();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void give();
  }

  const problem =
    action.problem === null ? null : (
      <Note kind="danger" live>
        {action.problem}
      </Note>
    );
  if (isAgain)
    return (
      <AskedQuestion
        question={t('confirm_again', about)}
        confirm={t(action.busy ? 'giving' : 'give_once_more', about)}
        back={t('back')}
        disabled={!canAct}
        onConfirm={() => void give()}
        onBack={onClose}
      >
        {problem}
      </AskedQuestion>
    );
  return (
    <form noValidate aria-label={t('title')} onSubmit={submit}>
      <Stack>
        <Question ref={question} tabIndex={-1}>
          {t(customer === null ? 'confirm' : 'confirm_customer', about)}
        </Question>
        <Field>
          <Field.Label>{t('reason')}</Field.Label>
          <Input
            ref={input}
            isCompact
            name="reason"
            required
            maxLength={LONGEST_REASON}
            value={reason}
            aria-invalid={isBad}
            {...(isBad ? { validation: 'error' as const } : {})}
            onChange={(event) => write('reason', event.target.value)}
          />
          {isBad ? <Field.Message validation="error">{t('bad_reason')}</Field.Message> : null}
        </Field>
        {problem}
        <Row>
          <ActionButton isPrimary type="submit" disabled={!canAct}>
            {t(action.busy ? 'giving' : 'give', about)}
          </ActionButton>
          <ActionButton isBasic onClick={onClose}>
            {t('back')}
          </ActionButton>
        </Row>
      </Stack>
    </form>
  );
}
