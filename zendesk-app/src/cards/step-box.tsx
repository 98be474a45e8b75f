// How is one step of the guidance ticked off?
import type { Step } from '@deskwright/shared/contract';
import { Checkbox, Field } from '@zendeskgarden/react-forms';
import { type ReactNode, useState } from 'react';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { InlineText, plainText } from '../parts/inline-text.tsx';
import { Note } from '../parts/note.tsx';
import { Stack, Subtle } from '../parts/text.tsx';
import { useSteps } from '../state/steps-context.tsx';
import { tellProblem } from '../state/tell-problem.ts';

/** Below the words of the step, in line with them. */
const Below = styled(Stack)`
  margin-block-start: 4px;
  padding-inline-start: 24px;
`;

/** Ticked at once; taken back with a message when the service refuses. */
export function StepBox({ step, children }: { readonly step: Step; readonly children: ReactNode }) {
  const { t, format } = useWords();
  const announce = useAnnounce();
  const steps = useSteps();
  const [problem, setProblem] = useState<string | null>(null);
  const done = step.doneAt !== null;

  async function tick(wanted: boolean): Promise<void> {
    setProblem(null);
    const answer = await steps?.tick(step.id, wanted);
    if (answer === undefined) return;
    const words = { step: plainText(step.text) };
    if (answer.ok) announce(wanted ? t('guidance.ticked', words) : t('guidance.unticked', words));
    else setProblem(tellProblem(t, answer.refusal));
  }

  return (
    <>
      <Field>
        <Checkbox
          checked={done}
          disabled={steps === null || !steps.canTick}
          onChange={(event) => void tick(event.target.checked)}
        >
          <Field.Label isRegular>
            <InlineText text={step.text} />
          </Field.Label>
        </Checkbox>
      </Field>
      <Below $gap={6}>
        {step.doneBy === null || step.doneAt === null ? null : (
          <Subtle>{t('guidance.done_by', { by: step.doneBy, when: format.ago(step.doneAt) })}</Subtle>
        )}
        {problem === null ? null : (
          <Note kind="danger" live>
            {t('guidance.tick_failed', { problem })}
          </Note>
        )}
        {children}
      </Below>
    </>
  );
}
