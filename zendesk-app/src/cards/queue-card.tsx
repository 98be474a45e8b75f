// How long has the customer waited, who has the ticket or what is its place, and which ticket comes next?
import type { Escalation, QueueCard as Queue, TicketCard, Waiting } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { Note } from '../parts/note.tsx';
import { Section } from '../parts/section.tsx';
import { Stack, Subtle } from '../parts/text.tsx';
import { TicketLink } from '../parts/ticket-link.tsx';
import { useSidebar } from '../state/sidebar-context.tsx';
import { Said } from './said.tsx';
import { spanWords } from './span-words.ts';
import { TargetLine } from './target-line.tsx';

const MINUTE = 60_000;

export function QueueCard({ card }: { readonly card: TicketCard }) {
  const { t } = useWords();
  const { waiting, department, nextOldest } = card.queue;
  return (
    <Section quiet title={t('queue.title')}>
      <Stack $gap={6}>
        {waiting === null ? <p>{t('queue.nobody_waits')}</p> : null}
        {waiting === null && department === null ? null : (
          <Facts>
            {waiting === null ? null : <Wait waiting={waiting} />}
            {department === null ? <Place waiting={waiting} tier={card.tier} /> : <With {...department} />}
          </Facts>
        )}
        {department?.handedOver == null ? null : <HandedOver {...department.handedOver} />}
        {/* What the policy promises for a tier's queue does not bind a department. */}
        {waiting?.target == null || department !== null ? null : <TargetLine target={waiting.target} />}
        {nextOldest === null ? null : <Next next={nextOldest} />}
      </Stack>
    </Section>
  );
}

function Wait({ waiting }: { readonly waiting: Waiting }) {
  const { t, format } = useWords();
  return (
    <Fact
      name={t('queue.waiting')}
      value={format.duration(waiting.calendarMs)}
      hint={t('queue.since', { when: format.dateTime(waiting.since) })}
      more={waiting.calendarMs < MINUTE ? null : spanWords(t, waiting.businessMs)}
    />
  );
}

function Place({ waiting, tier }: { readonly waiting: Waiting | null; readonly tier: TicketCard['tier'] }) {
  const { t, format } = useWords();
  if (waiting === null || waiting.place === null) return null;
  // It waits in the hands of another tier: no place here says when its turn comes.
  if (tier !== null && tier.heldBy !== null) return null;
  return (
    <Fact
      name={tier === null ? t('queue.place_in_queue') : t('queue.place_in_tier', { tier: tier.tier.name })}
      value={t('queue.place', { count: waiting.place, ordinal: true, of: format.number(waiting.of) })}
      more={waiting.chasers === 0 ? null : t('queue.chasers', { count: waiting.chasers })}
    />
  );
}

/** Open, and not among the notes below: it is what the department's people read first. */
function HandedOver({ by, at, said }: Escalation) {
  const { t, format } = useWords();
  return (
    <Note kind="info">
      <p>{t('queue.handed_over', { by, when: format.ago(at) })}</p>
      <Said said={said} />
    </Note>
  );
}

/** The tier above stays what it was: without this it would look as if the tier still had the ticket. */
function With({ name, since }: NonNullable<Queue['department']>) {
  const { t, format } = useWords();
  return <Fact name={t('queue.with', { department: name })} value={format.date(since)} more={format.clock(since)} />;
}

/** One line, whatever the customer called it: the agent wants the next ticket, not its story. */
const Line = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 0 6px;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 20px;

  & > button { flex: none; max-inline-size: 100%; }
`;

/** Beside the link, or below it where large letters leave no room. */
const About = styled(Subtle)`
  display: flex;
  flex: 1 1 6em;
  gap: 6px;
  min-inline-size: 0;
  line-height: inherit;
`;

const Cut = styled.span`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;

/** How long it waits is why it is next, so it is the subject that is cut. */
const Whole = styled.span`
  flex: none;
`;

function Next({ next }: { readonly next: NonNullable<Queue['nextOldest']> }) {
  const { t, format } = useWords();
  const { now } = useSidebar();
  return (
    <Line>
      <TicketLink ticketId={next.ticketId}>{t('queue.next', { ticket: next.ticketId })}</TicketLink>
      <About>
        <Cut title={next.subject}>{next.subject}</Cut>{' '}
        <Whole title={t('queue.since', { when: format.dateTime(next.waitingSince) })}>
          {format.duration(Math.max(0, now() - Date.parse(next.waitingSince)))}
        </Whole>
      </About>
    </Line>
  );
}
