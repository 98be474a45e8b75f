// Shows one step of the guidance with its checkbox.
import type { Inline, Step } from '@deskwright/shared/contract';
import { Checkbox, Field } from '@zendeskgarden/react-forms';
import { type ReactNode, useId, useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { describeRefusal } from '../../base/service/service-context.tsx';
import { useAnnounce } from '../../base/ui/announcer.tsx';
import { DisclosureButton } from '../../base/ui/disclosure.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { InlineText, plainText } from './inline-text.tsx';
import { useSteps } from './steps-context.tsx';
import { texts } from './texts.ts';

/** Below the text of the step, aligned with it. */
const Below = styled(Stack)`
  margin-block-start: 4px;
  padding-inline-start: 24px;
`;

const Line = styled.div`
  display: flex;
  align-items: flex-start;
  justify-content: space-between;
  gap: 8px;
`;

/** The bold beginning of a step's text: what to do; the rest says how, and opens on a click. Null: the text is shown whole. */
function leadOf(text: readonly Inline[]): readonly Inline[] | null {
  const [first] = text;
  return first?.kind === 'strong' && text.length > 1 ? [first] : null;
}

/** The tick is shown at once, and removed with a message if the service refuses it. */
export function StepCheckbox({ step, children }: { readonly step: Step; readonly children: ReactNode }) {
  const guidanceTexts = useTexts(texts);
  const { t, format } = guidanceTexts;
  const announce = useAnnounce();
  const steps = useSteps();
  const [problem, setProblem] = useState<string | null>(null);
  const done = step.doneAt !== null;
  const lead = leadOf(step.text);
  const [whole, setWhole] = useState(false);
  const textId = useId();

  async function tick(wanted: boolean): Promise<void> {
    setProblem(null);
    const answer = await steps?.tick(step.id, wanted);
    if (answer === undefined) return;
    const values = { step: plainText(step.text) };
    if (answer.ok) announce(wanted ? t('ticked', values) : t('unticked', values));
    else setProblem(describeRefusal(guidanceTexts, answer.refusal));
  }

  return (
    <>
      <Line>
        <Field>
          <Checkbox
            checked={done}
            disabled={steps === null || !steps.canTick}
            onChange={(event) => void tick(event.target.checked)}
          >
            <Field.Label isRegular>
              <span id={textId}>
                <InlineText text={lead === null || whole ? step.text : lead} />
              </span>
            </Field.Label>
          </Checkbox>
        </Field>
        {lead === null ? null : (
          <DisclosureButton
            label=""
            name={t('details', { step: plainText(lead) })}
            open={whole}
            controls={textId}
            onToggle={() => setWhole(!whole)}
          />
        )}
      </Line>
      <Below $gap={6}>
        {step.doneBy === null || step.doneAt === null ? null : (
          <Subtle>{t('by_when', { by: step.doneBy, when: format.ago(step.doneAt) })}</Subtle>
        )}
        {problem === null ? null : (
          <Note kind="danger" live>
            {t('tick_failed', { problem })}
          </Note>
        )}
        {children}
      </Below>
    </>
  );
}
