// The queue card: how long the customer has waited, the ticket's position, and the next oldest ticket.
import type { Escalation, QueueCard as Queue, TicketCard, Waiting } from '@deskwright/shared/contract';
import styled from 'styled-components';
import type { CardDefinition } from '../../base/card-definition.ts';
import { describeBusinessTime } from '../../base/i18n/describe-duration.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { Fact, Facts } from '../../base/ui/facts.tsx';
import { FormAnswers } from '../../base/ui/form-answers.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { TicketLink } from '../../base/ui/ticket-link.tsx';
import { TargetLine } from './target-line.tsx';
import { texts } from './texts.ts';

const MINUTE = 60_000;

function QueueCard({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const { waiting, department, nextOldest } = card.queue;
  return (
    <Section hiddenTitle title={t('title')}>
      <Stack $gap={6}>
        {waiting === null ? <p>{t('nobody_waits')}</p> : null}
        {waiting === null && department === null ? null : (
          <Facts>
            {waiting === null ? null : <WaitingTime waiting={waiting} />}
            {department === null ? <Position waiting={waiting} tier={card.tier} /> : <WithDepartment {...department} />}
          </Facts>
        )}
        {department?.handedOver == null ? null : <HandoverNotes {...department.handedOver} />}
        {/* The policy's reply targets apply to tiers, not to departments. */}
        {waiting?.target == null || department !== null ? null : <TargetLine target={waiting.target} />}
        {nextOldest === null ? null : <NextOldest next={nextOldest} />}
      </Stack>
    </Section>
  );
}

function WaitingTime({ waiting }: { readonly waiting: Waiting }) {
  const { t, format } = useTexts(texts);
  return (
    <Fact
      name={t('waiting')}
      value={format.duration(waiting.calendarMs)}
      hint={t('since', { when: format.dateTime(waiting.since) })}
      more={waiting.calendarMs < MINUTE ? null : describeBusinessTime(t, waiting.businessMs)}
    />
  );
}

function Position({ waiting, tier }: { readonly waiting: Waiting | null; readonly tier: TicketCard['tier'] }) {
  const { t, format } = useTexts(texts);
  if (waiting === null || waiting.place === null) return null;
  // Another tier has the ticket, so its position in this tier's queue means nothing.
  if (tier !== null && tier.heldBy !== null) return null;
  return (
    <Fact
      name={tier === null ? t('place_in_queue') : t('place_in_tier', { tier: tier.tier.name })}
      value={t('place', { count: waiting.place, ordinal: true, of: format.number(waiting.of) })}
      more={waiting.chasers === 0 ? null : t('chasers', { count: waiting.chasers })}
    />
  );
}

/** Not collapsed like earlier notes, because the department's agents read it first. */
function HandoverNotes({ by, at, said }: Escalation) {
  const { t, format } = useTexts(texts);
  return (
    <Note kind="info">
      <p>{t('handed_over', { by, when: format.ago(at) })}</p>
      <FormAnswers answers={said} />
    </Note>
  );
}

/** The tier card still names the tier, so this says that a department has the ticket. */
function WithDepartment({ name, since }: NonNullable<Queue['department']>) {
  const { t, format } = useTexts(texts);
  return <Fact name={t('with', { department: name })} value={format.date(since)} more={format.clock(since)} />;
}

/** One line, however long the subject is. */
const Line = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 0 6px;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 20px;

  & > button { flex: none; max-inline-size: 100%; }
`;

/** Beside the link, or below it if large text leaves no room. */
const About = styled(Subtle)`
  display: flex;
  flex: 1 1 6em;
  gap: 6px;
  min-inline-size: 0;
  line-height: inherit;
`;

const Truncated = styled.span`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;

/** Only the subject is truncated: the waiting time is why the ticket is next. */
const Untruncated = styled.span`
  flex: none;
`;

function NextOldest({ next }: { readonly next: NonNullable<Queue['nextOldest']> }) {
  const { t, format } = useTexts(texts);
  const { now } = useSidebar();
  return (
    <Line>
      <TicketLink ticketId={next.ticketId}>{t('next', { ticket: next.ticketId })}</TicketLink>
      <About>
        <Truncated title={next.subject}>{next.subject}</Truncated>{' '}
        <Untruncated title={t('since', { when: format.dateTime(next.waitingSince) })}>
          {format.duration(Math.max(0, now() - Date.parse(next.waitingSince)))}
        </Untruncated>
      </About>
    </Line>
  );
}

export const queueCard: CardDefinition = { texts, Card: QueueCard };
