// The form in which an approver grants, lowers or declines a request. The button repeats the amount.
import type { AnswerApproval, RefundApproval } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Row, Stack } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

/** Characters, as the service allows. */
const LONGEST_ANSWER = 500;

export function AnswerForm({ request: { id, amount: asked } }: { readonly request: RefundApproval }) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const [written, setWritten] = useState('');
  const [why, setWhy] = useState('');
  // What was refused as the same once more; granting it again is the second confirmation.
  const [again, setAgain] = useState<number | null>(null);
  const minor = written.trim() === '' ? asked.minor : format.parseAmount(written, asked.currency);
  const isBad = minor === null || minor <= 0 || minor > asked.minor;
  const granted = { minor: isBad ? asked.minor : minor, currency: asked.currency };

  const answer = (body: AnswerApproval, done: string) =>
    action.run({ method: 'PUT', path: `refund-approvals/${id}/answer`, body }, done);

  async function grant(): Promise<void> {
    const isConfirmed = again === granted.minor;
    const body = { answer: 'approve', asked, granted, why, ...(isConfirmed && { isConfirmed }) } as const;
    const given = await answer(body, t('granted', { amount: format.money(granted) }));
    if (given?.ok === false && given.refusal.kind === 'needs_confirmation') setAgain(granted.minor);
  }

  return (
    <Stack>
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
      <Field>
        <Field.Label>{t('why')}</Field.Label>
        <Input isCompact maxLength={LONGEST_ANSWER} value={why} onChange={(event) => setWhy(event.target.value)} />
      </Field>
      <Row>
        <ActionButton isPrimary disabled={!canAct || isBad} onClick={() => void grant()}>
          {t(again === granted.minor ? 'grant_once_more' : 'grant', { amount: format.money(granted) })}
        </ActionButton>
        <ActionButton
          disabled={!canAct}
          onClick={() => void answer({ answer: 'decline', asked, granted: null, why }, t('was_declined'))}
        >
          {t('decline')}
        </ActionButton>
      </Row>
      {action.problem === null ? null : (
        <Note kind="danger" live>
          {action.problem}
        </Note>
      )}
    </Stack>
  );
}
