// The follow-up card: why the customer is followed up, by when, what came of it, and a form to record that.
import type { FollowUpCard as FollowUp, TicketCard } from '@deskwright/shared/contract';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { Alert } from '../../base/ui/alert.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { TicketLink } from '../../base/ui/ticket-link.tsx';
import { causeName, outcomeName } from './choice-name.ts';
import { RecordOutcome } from './record-outcome.tsx';
import { texts } from './texts.ts';

function FollowUpCard({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const { followUp, ticket } = card;
  if (followUp == null || followUp.ticketId !== ticket.id) return null;
  return (
    <Section hiddenTitle title={t('title')}>
      <Stack $gap={4}>
        <Why followUp={followUp} />
        <Recorded followUp={followUp} />
        {followUp.choices === null ? null : (
          <Disclosure label={t(followUp.recorded === null ? 'record' : 'record_again')}>
            <RecordOutcome followUp={followUp} choices={followUp.choices} />
          </Disclosure>
        )}
      </Stack>
    </Section>
  );
}

function Why({ followUp }: { readonly followUp: FollowUp }) {
  const { t, format } = useTexts(texts);
  return (
    <Stack as="ul" $gap={4}>
      {followUp.answers.map(({ survey, score, outOf, drivers, comment }, index) => (
        // The order of the answers never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer has no id here
        <li key={index}>
          {t('answer', {
            survey: survey.toUpperCase(),
            score: format.number(score),
            outOf: format.number(outOf),
          })}
          {drivers.length === 0 ? null : <Subtle>{drivers.map((driver) => format.named(driver)).join(', ')}</Subtle>}
          {comment === '' ? null : <Subtle dir="auto">{comment}</Subtle>}
        </li>
      ))}
    </Stack>
  );
}

function Recorded({ followUp }: { readonly followUp: FollowUp }) {
  const followUpTexts = useTexts(texts);
  const { t, format } = followUpTexts;
  const { recorded, dueAt, state } = followUp;
  if (recorded === null)
    return <Subtle>{state === 'open' ? t('due', { when: format.dateTime(dueAt) }) : t('ended')}</Subtle>;
  const { by } = recorded;
  const when = format.ago(recorded.at);
  const what = [
    outcomeName(followUpTexts, recorded.outcome),
    ...(recorded.rootCause === null ? [] : [causeName(followUpTexts, recorded.rootCause)]),
  ].join(' · ');
  return (
    <div>
      <strong>{what}</strong>
      <Subtle>{by === null ? when : t('recorded_by', { by, when })}</Subtle>
      {recorded.note === '' ? null : <Subtle dir="auto">{recorded.note}</Subtle>}
    </div>
  );
}

/** While nobody has reached the customer, beside all their tickets. */
function FollowUpWarning({ card }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  const { now } = useSidebar();
  const { followUp, ticket } = card;
  if (followUp == null || followUp.state !== 'open') return null;
  const when = format.dateTime(followUp.dueAt);
  const text = Date.parse(followUp.dueAt) < now() ? t('overdue', { when }) : t('open', { when });
  return (
    <Alert>
      {text}{' '}
      {followUp.ticketId === null || followUp.ticketId === ticket.id ? null : (
        <TicketLink ticketId={followUp.ticketId} />
      )}
    </Alert>
  );
}

export const followUpCard: CardDefinition = { texts, Card: FollowUpCard, Warning: FollowUpWarning };
