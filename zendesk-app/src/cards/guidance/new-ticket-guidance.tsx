// Shows the guidance for a category that the agent chooses, beside a ticket that is not saved yet.
import type { NewTicketGuidance as Guidance } from '@deskwright/shared/contract';
import { Field, Select } from '@zendeskgarden/react-forms';
import { useCallback, useEffect, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Loading } from '../../base/layout/loading.tsx';
import { MessageScreen } from '../../base/layout/message-screen.tsx';
import type { Refusal } from '../../base/service/refusal.ts';
import { describeRefusal, useService } from '../../base/service/service-context.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { readNewTicketGuidance } from './actions.ts';
import { GuidanceSection } from './guidance-section.tsx';
import { texts } from './texts.ts';

export function NewTicketGuidance() {
  const baseTexts = useTexts();
  const service = useService();
  const [guidance, setGuidance] = useState<Guidance | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const load = useCallback(() => {
    setRefusal(null);
    void readNewTicketGuidance(service).then((answer) =>
      answer.ok ? setGuidance(answer.value) : setRefusal(answer.refusal),
    );
  }, [service]);
  useEffect(load, [load]);

  if (refusal !== null)
    return <MessageScreen kind="danger" message={describeRefusal(baseTexts, refusal)} onRetry={load} />;
  return guidance === null ? <Loading /> : <CategoryChooser guidance={guidance} />;
}

function CategoryChooser({ guidance }: { readonly guidance: Guidance }) {
  const { t } = useTexts(texts);
  const { categories, toneOfVoice } = guidance;
  const [chosen, setChosen] = useState('');
  const shown = categories.find(({ categoryId }) => categoryId === chosen);
  return (
    <>
      <Section title={t('new_ticket.title')}>
        <Stack>
          <Subtle>{t('new_ticket.explain')}</Subtle>
          {categories.length === 0 ? null : (
            <Field>
              <Field.Label>{t('new_ticket.choose')}</Field.Label>
              <Select isCompact value={chosen} onChange={(event) => setChosen(event.target.value)}>
                <option value="">{t('new_ticket.none_chosen')}</option>
                {categories.map(({ categoryId, title }) => (
                  <option key={categoryId} value={categoryId}>
                    {title}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          {categories.length === 0 ? <Subtle>{t('new_ticket.no_guidance')}</Subtle> : null}
        </Stack>
      </Section>
      {shown === undefined ? null : <GuidanceSection guidance={shown} toneOfVoice={toneOfVoice} />}
    </>
  );
}
