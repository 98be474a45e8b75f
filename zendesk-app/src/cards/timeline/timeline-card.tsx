// The timeline card: what happened with the customer, read when the agent opens it.
import type { TicketCard, Timeline } from '@deskwright/shared/contract';
import { useEffect, useState } from 'react';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import type { Answer } from '../../base/service/refusal.ts';
import { describeRefusal, useService } from '../../base/service/service-context.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { TicketLink } from '../../base/ui/ticket-link.tsx';
import { describeEvent } from './describe-event.ts';
import { texts } from './texts.ts';

function TimelineCard({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  if (card.customer.name === null) return null;
  return (
    <Section hiddenTitle title={t('title')}>
      <Disclosure label={t('title')}>
        <Entries ticketId={card.ticket.id} asOf={card.asOf} />
      </Disclosure>
    </Section>
  );
}

/** Read again with each new card: something may have happened. */
function Entries({ ticketId, asOf }: { readonly ticketId: number; readonly asOf: string }) {
  const timelineTexts = useTexts(texts);
  const baseTexts = useTexts();
  const { t, format } = timelineTexts;
  const service = useService();
  const [answer, setAnswer] = useState<Answer<Timeline> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asOf` is when to read again
  useEffect(() => {
    let isWanted = true;
    const read = async (): Promise<void> => {
      const found = await service.call<Timeline>('GET', `/api/tickets/${ticketId}/timeline`);
      if (isWanted) setAnswer(found);
    };
    void read();
    return () => {
      isWanted = false;
    };
  }, [service, ticketId, asOf]);

  if (answer === null) return <Subtle>{t('loading')}</Subtle>;
  if (!answer.ok) return <Subtle>{describeRefusal(baseTexts, answer.refusal)}</Subtle>;
  const { entries, hasMore, missing } = answer.value;
  return (
    <Stack $gap={4}>
      {missing.map((name) => (
        <Subtle key={name}>{t(`missing.${name}`)}</Subtle>
      ))}
      {entries.length === 0 ? <Subtle>{t('empty')}</Subtle> : null}
      <Stack as="ol" $gap={4}>
        {entries.map((entry, index) => (
          // Two events of one moment have nothing else that tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: an event has no id here
          <li key={`${entry.at}:${index}`}>
            <span dir="auto">{describeEvent(timelineTexts, entry)}</span>
            <Subtle>
              {format.dateTime(entry.at)}{' '}
              {entry.ticketId === null || entry.ticketId === ticketId ? null : <TicketLink ticketId={entry.ticketId} />}
            </Subtle>
          </li>
        ))}
      </Stack>
      {hasMore ? <Subtle>{t('more')}</Subtle> : null}
    </Stack>
  );
}

export const timelineCard: CardDefinition = { texts, Card: TimelineCard };
