// How long has the customer waited, what is the ticket's place, and which ticket comes next?
import type { QueueCard as Queue, TicketCard, Waiting } from '@deskwright/shared/contract';
import { useWords } from '../i18n/words-context.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { Section } from '../parts/section.tsx';
import { Row, Stack, Subtle } from '../parts/text.tsx';
import { TicketLink } from '../parts/ticket-link.tsx';
import { spanWords } from './span-words.ts';
import { TargetLine } from './target-line.tsx';

export function QueueCard({ card }: { readonly card: TicketCard }) {
  const { t } = useWords();
  const { waiting, nextOldest } = card.queue;
  return (
    <Section quiet title={t('queue.title')}>
      <Stack $gap={6}>
        {waiting === null ? <p>{t('queue.nobody_waits')}</p> : <Place waiting={waiting} tier={card.tier?.tier.name} />}
        {waiting?.target == null ? null : <TargetLine target={waiting.target} />}
        {nextOldest === null ? null : <Next next={nextOldest} />}
      </Stack>
    </Section>
  );
}

function Place({ waiting, tier }: { readonly waiting: Waiting; readonly tier: string | undefined }) {
  const { t, format } = useWords();
  const place = t('queue.place', { count: waiting.place, ordinal: true, of: format.number(waiting.of) });
  return (
    <>
      <Facts>
        <Fact
          name={t('queue.since', { when: format.dateTime(waiting.since) })}
          value={format.duration(waiting.calendarMs)}
          more={spanWords(t, waiting.businessMs)}
        />
        <Fact
          name={tier === undefined ? t('queue.place_in_queue') : t('queue.place_in_tier', { tier })}
          value={place}
        />
      </Facts>
      {waiting.chasers === 0 ? null : <Subtle>{t('queue.chasers', { count: waiting.chasers })}</Subtle>}
    </>
  );
}

function Next({ next }: { readonly next: NonNullable<Queue['nextOldest']> }) {
  const { t, format } = useWords();
  return (
    <Row>
      <TicketLink ticketId={next.ticketId}>{t('queue.next', { ticket: next.ticketId })}</TicketLink>
      <Subtle as="span">{t('queue.next_waits', { subject: next.subject, when: format.ago(next.waitingSince) })}</Subtle>
    </Row>
  );
}
