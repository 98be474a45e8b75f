// The form that records the outcome of a follow-up: what came of it, why the customer was unhappy, a note.
import type { FollowUpCard } from '@deskwright/shared/contract';
import { Field, Select, Textarea } from '@zendeskgarden/react-forms';
import { type FormEvent, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack } from '../../base/ui/text.tsx';
import { recordOutcome } from './actions.ts';
import { causeName, outcomeName } from './choice-name.ts';
import { texts } from './texts.ts';

/** Characters, as the service allows. */
const LONGEST_NOTE = 1_000;

interface RecordOutcomeProps {
  readonly followUp: FollowUpCard;
  readonly choices: NonNullable<FollowUpCard['choices']>;
}

export function RecordOutcome({ followUp, choices }: RecordOutcomeProps) {
  const followUpTexts = useTexts(texts);
  const { t } = followUpTexts;
  const canAct = useCanAct();
  const action = useAction();
  const { draft, write, discard } = useDraft(`follow-up:${followUp.id}`);
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { outcome = '', cause = '', note = '' } = draft.fields;
  const chosen = choices.outcomes.find(({ id }) => id === outcome);
  const noOutcome = checked && chosen === undefined;
  const noCause = checked && chosen?.needsCause === true && cause === '';

  async function record(event: FormEvent): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (chosen === undefined || (chosen.needsCause && cause === '')) {
      form.current?.querySelector<HTMLElement>(`[name="${chosen === undefined ? 'outcome' : 'cause'}"]`)?.focus();
      return;
    }
    const { requestId } = draft;
    const body = { outcome: chosen.id, rootCause: cause === '' ? null : cause, note: note.trim(), requestId };
    const done = t('recorded', { outcome: outcomeName(followUpTexts, chosen) });
    const answer = await action.run(recordOutcome(followUp.id, body), done);
    if (answer?.ok !== true) return;
    setChecked(false);
    discard();
  }

  return (
    <form ref={form} noValidate aria-label={t('record')} onSubmit={(event) => void record(event)}>
      <Stack>
        <Field>
          <Field.Label>{t('outcome')}</Field.Label>
          <Select
            isCompact
            name="outcome"
            required
            value={outcome}
            aria-invalid={noOutcome}
            onChange={(event) => write('outcome', event.target.value)}
          >
            <option value="">{t('choose')}</option>
            {choices.outcomes.map((one) => (
              <option key={one.id} value={one.id}>
                {outcomeName(followUpTexts, one)}
              </option>
            ))}
          </Select>
          {noOutcome ? <Field.Message validation="error">{t('no_outcome')}</Field.Message> : null}
        </Field>
        <Field>
          <Field.Label>{t('cause')}</Field.Label>
          <Select
            isCompact
            name="cause"
            required={chosen?.needsCause === true}
            value={cause}
            aria-invalid={noCause}
            onChange={(event) => write('cause', event.target.value)}
          >
            <option value="">{t('choose')}</option>
            {choices.rootCauses.map((one) => (
              <option key={one.id} value={one.id}>
                {causeName(followUpTexts, one)}
              </option>
            ))}
          </Select>
          {noCause ? <Field.Message validation="error">{t('no_cause')}</Field.Message> : null}
        </Field>
        <Field>
          <Field.Label>{t('note')}</Field.Label>
          <Textarea
            isCompact
            name="note"
            minRows={2}
            maxRows={8}
            maxLength={LONGEST_NOTE}
            value={note}
            onChange={(event) => write('note', event.target.value)}
          />
        </Field>
        {action.problem === null ? null : (
          <Note kind="danger" live>
            {action.problem}
          </Note>
        )}
        <ActionButton type="submit" isPrimary disabled={!canAct}>
          {t('save')}
        </ActionButton>
      </Stack>
    </form>
  );
}
