// What helps an agent who writes a ticket that is not saved yet?
import type { NewTicketGuidance } from '@deskwright/shared/contract';
import { Field, Select } from '@zendeskgarden/react-forms';
import { useCallback, useEffect, useState } from 'react';
import type { Refusal } from '../api/refusal.ts';
import type { Service } from '../api/service.ts';
import { GuidanceCard } from '../cards/guidance-card.tsx';
import { useWords } from '../i18n/words-context.tsx';
import { Section } from '../parts/section.tsx';
import { Stack, Subtle } from '../parts/text.tsx';
import { tellProblem } from '../state/tell-problem.ts';
import { Loading } from './loading.tsx';
import { MessageScreen } from './message-screen.tsx';

export function NewTicketScreen({ service }: { readonly service: Pick<Service, 'guidance'> }) {
  const { t } = useWords();
  const [known, setKnown] = useState<NewTicketGuidance | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const load = useCallback(() => {
    setRefusal(null);
    void service.guidance().then((answer) => (answer.ok ? setKnown(answer.value) : setRefusal(answer.refusal)));
  }, [service]);
  useEffect(load, [load]);

  if (refusal !== null) return <MessageScreen kind="danger" message={tellProblem(t, refusal)} onRetry={load} />;
  return known === null ? <Loading /> : <Chooser guidance={known} />;
}

function Chooser({ guidance }: { readonly guidance: NewTicketGuidance }) {
  const { t } = useWords();
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
      {shown === undefined ? null : <GuidanceCard guidance={shown} toneOfVoice={toneOfVoice} />}
    </>
  );
}
