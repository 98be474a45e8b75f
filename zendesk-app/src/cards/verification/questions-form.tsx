// Checks the customer's answers to the policy's questions. The right ones are never on this page.
import type { VerificationCard } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct, useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack } from '../../base/ui/text.tsx';
import { checkAnswers } from './actions.ts';
import { texts } from './texts.ts';

export function QuestionsForm({ questions }: Pick<VerificationCard, 'questions'>) {
  const { t } = useTexts(texts);
  const { newId } = useSidebar();
  const canAct = useCanAct();
  const action = useAction();
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const isComplete = questions.every(({ id }) => (answers[id] ?? '').trim() !== '');

  async function check(event: FormEvent): Promise<void> {
    event.preventDefault();
    await action.run(checkAnswers({ answers, requestId: newId() }), t('done'));
  }

  return (
    <form noValidate aria-label={t('by_questions')} onSubmit={(event) => void check(event)}>
      <Stack>
        {questions.map(({ id, ask }) => (
          <Field key={id}>
            <Field.Label>{ask}</Field.Label>
            <Input
              isCompact
              name={id}
              autoComplete="off"
              maxLength={500}
              value={answers[id] ?? ''}
              onChange={(event) => setAnswers({ ...answers, [id]: event.target.value })}
            />
          </Field>
        ))}
        {action.problem === null ? null : (
          <Note kind="danger" live>
            {action.problem}
          </Note>
        )}
        <ActionButton type="submit" isPrimary disabled={!canAct || action.busy || !isComplete}>
          {t('check')}
        </ActionButton>
      </Stack>
    </form>
  );
}
