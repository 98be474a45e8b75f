// A button with which an agent asks the customer for feedback on the ticket, and afterwards when that was.
import type { CustomerCard } from '@deskwright/shared/contract';
import { useRef, useState } from 'react';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import type { Refusal } from '../../base/service/refusal.ts';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Subtle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

export function AskFeedback({ feedback }: Pick<CustomerCard, 'feedback'>) {
  const customerTexts = useTexts(texts);
  const { t, format } = customerTexts;
  const canAct = useCanAct();
  const action = useAction();
  const box = useRef<HTMLDivElement>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (feedback === null) return null;

  async function ask(): Promise<void> {
    setRefusal(null);
    const answer = await action.run({ method: 'POST', path: 'feedback', body: {} }, t('feedback_done'));
    if (answer?.ok === false) setRefusal(answer.refusal);
    // The button, which has the focus, disappears.
    if (answer?.ok === true) box.current?.focus();
  }

  const problem = refusal?.feedback ? describeNotAsked(customerTexts, refusal.feedback) : action.problem;
  return (
    <div ref={box} tabIndex={-1}>
      {feedback.requestedAt === null ? (
        <LinkButton disabled={!canAct} onClick={() => void ask()}>
          {t('feedback_ask', { survey: feedback.survey.toUpperCase() })}
        </LinkButton>
      ) : (
        <Subtle>{t('feedback_asked', { when: format.ago(feedback.requestedAt) })}</Subtle>
      )}
      {problem === null ? null : (
        <Note kind="danger" live>
          {problem}
        </Note>
      )}
    </div>
  );
}

function describeNotAsked({ t, format }: TextsOf<typeof texts>, refused: NonNullable<Refusal['feedback']>): string {
  const { why, askedAt, until } = refused;
  return t(`not_asked.${why}`, {
    when: askedAt === undefined ? '' : format.ago(askedAt),
    until: until === undefined ? '' : format.date(until),
  });
}
