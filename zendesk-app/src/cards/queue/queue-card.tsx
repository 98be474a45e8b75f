// The queue card: in one line how long the customer has waited, the ticket's place and whether a reply is late; then what needs attention.
import type { Escalation, QueueCard as Queue, TicketCard } from '@deskwright/shared/contract';
import styled from 'styled-components';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar, useWarnings } from '../../base/ticket/sidebar-context.tsx';
import { Alert, AlertStrip } from '../../base/ui/alert.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { FormAnswers } from '../../base/ui/form-answers.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { TicketLink } from '../../base/ui/ticket-link.tsx';
import { AnswerDue, DepartmentAnswer } from './department-answer.tsx';
import { texts } from './texts.ts';
import { WaitingDetails, WaitingLine } from './waiting-line.tsx';

function QueueCard({ card }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  const warnings = useWarnings();
  const { waiting, department, nextOldest } = card.queue;
  return (
    <Section hiddenTitle title={t('title')} place="joined">
      <Stack $gap={6}>
        {waiting === null ? (
          <NotWaiting answered={card.queue.answered} />
        ) : (
          <Disclosure plain label={<WaitingLine waiting={waiting} tier={card.tier} withTier={department === null} />}>
            <WaitingDetails waiting={waiting} withTier={department === null} />
          </Disclosure>
        )}
        {/* The head still names the tier, so this says that a department has the ticket. */}
        {department === null ? null : (
          <p>{t('with', { department: department.name, when: format.clock(department.since) })}</p>
        )}
        {department?.answer === undefined ? null : <AnswerDue {...department.answer} />}
        {department?.handedOver == null ? null : (
          <HandoverNotes {...department.handedOver} isShownAbove={headSaysWho(card)} />
        )}
        <AlertStrip>{warnings}</AlertStrip>
        {nextOldest === null ? null : <NextOldest next={nextOldest} />}
      </Stack>
    </Section>
  );
}

/** Who answered last says it; a ticket that was solved without an answer has none. */
function NotWaiting({ answered }: Pick<Queue, 'answered'>) {
  const { t, format } = useTexts(texts);
  if (answered === null) return <p>{t('nobody_waits')}</p>;
  const { at, by, byYou } = answered;
  const when = format.agoBriefly(at);
  return (
    <p title={format.dateTime(at)}>
      {byYou
        ? t('you_answered', { when })
        : by === null
          ? t('somebody_answered', { when })
          : t('agent_answered', { by, when })}
    </p>
  );
}

/** The tier card's sentence names who handed the ticket off, and the line above the notes says since when. */
function headSaysWho({ tier }: TicketCard): boolean {
  return tier !== null && tier.reason.by === 'human' && tier.passedOn !== null && tier.correction === null;
}

/** Not collapsed like earlier notes, because the department's agents read it first. */
function HandoverNotes({ by, at, said, isShownAbove }: Escalation & { readonly isShownAbove: boolean }) {
  const { t, format } = useTexts(texts);
  return (
    <Note kind="info">
      {isShownAbove ? null : <p>{t('handed_over', { by, when: format.ago(at) })}</p>}
      <FormAnswers answers={said} />
    </Note>
  );
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
      <TicketLink ticketId={next.ticketId} shortcut="n">
        {t('next', { ticket: next.ticketId })}
      </TicketLink>
      <About>
        <Truncated title={next.subject}>{next.subject}</Truncated>{' '}
        <Untruncated title={t('since', { when: format.dateTime(next.waitingSince) })}>
          {format.duration(Math.max(0, now() - Date.parse(next.waitingSince)))}
        </Untruncated>
      </About>
    </Line>
  );
}

/** What of the queue needs a look. */
function QueueWarning({ card }: { readonly card: TicketCard }) {
  return (
    <>
      <WaitReminder card={card} />
      <DepartmentAnswer card={card} />
    </>
  );
}

export const queueCard: CardDefinition = { texts, Card: QueueCard, Warning: QueueWarning };

/** Stands in the attention strip; gone with an answer. */
function WaitReminder({ card }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  if (card.reminder == null) return null;
  return <Alert>{t('reminder', { percent: format.number(card.reminder.percent) })}</Alert>;
}
