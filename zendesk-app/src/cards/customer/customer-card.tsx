// The customer card: survey answers and earlier tickets; above them what needs attention.
import type { CustomerCard as Customer, CustomerTicket, TicketCard } from '@deskwright/shared/contract';
import styled from 'styled-components';
import type { CardDefinition } from '../../base/card-definition.ts';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { Alert } from '../../base/ui/alert.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Row, Stack, Subtle } from '../../base/ui/text.tsx';
import { TicketLink } from '../../base/ui/ticket-link.tsx';
import { Answers } from './answers.tsx';
import { AskFeedback } from './ask-feedback.tsx';
import { texts } from './texts.ts';

const Subject = styled.span`
  flex: 1 1 120px;
  min-inline-size: 0;
`;

function CustomerCard({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const { name, answers, hasMoreAnswers, feedback, openCount, recent } = card.customer;
  const hasPast = answers.length + recent.length > 0;
  const who = name ?? t('unknown');
  // Open ones stand above.
  const nothing =
    name === null
      ? t(openCount > 0 ? 'nothing_earlier_unknown' : 'nothing_unknown')
      : t(openCount > 0 ? 'nothing_earlier' : 'nothing', { who });
  return (
    <Section hiddenTitle title={t('title')}>
      {hasPast ? (
        <Disclosure label={t('past', { who })}>
          <Stack>
            <Answers ticketId={card.ticket.id} newest={answers} hasMore={hasMoreAnswers} />
            <Tickets tickets={recent} />
          </Stack>
        </Disclosure>
      ) : (
        <Subtle>{nothing}</Subtle>
      )}
      <AskFeedback feedback={feedback} />
    </Section>
  );
}

/** What of the customer needs a look: open promises and a poor last answer. */
function CustomerWarning({ card }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  const { answers, promises } = card.customer;
  // Nobody is warned of what a program that checks mail may have given.
  const last = answers.find(({ doubtful }) => !doubtful);
  return (
    <>
      <Promises promises={promises} />
      {last === undefined || last.good ? null : (
        <Alert>
          {t('last_poor', { score: format.number(last.score), outOf: format.number(last.outOf) })}{' '}
          {last.ticketId === null ? null : <TicketLink ticketId={last.ticketId} />}
        </Alert>
      )}
    </>
  );
}

function OtherOpenTickets({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const { open, openCount } = card.customer;
  if (openCount === 0) return null;
  return (
    <Disclosure label={t('open', { count: openCount })}>
      <Tickets tickets={open} />
      {openCount > open.length ? <Subtle>{t('more', { count: openCount - open.length })}</Subtle> : null}
    </Disclosure>
  );
}

function Promises({ promises }: Pick<Customer, 'promises'>) {
  const { t, format } = useTexts(texts);
  return promises.map(({ text, by, at, ticketId }) => (
    <Alert key={`${ticketId} ${at} ${text}`}>
      {t('promised', { text })} <TicketLink ticketId={ticketId} />{' '}
      <span>{by === null ? format.ago(at) : t('by_when', { by, when: format.ago(at) })}</span>
    </Alert>
  ));
}

function Tickets({ tickets }: { readonly tickets: readonly CustomerTicket[] }) {
  const customerTexts = useTexts(texts);
  const { now } = useSidebar();
  if (tickets.length === 0) return null;
  return (
    <Stack as="ul" $gap={6}>
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Row>
            <TicketLink ticketId={ticket.id} />
            <Subject>{ticket.subject}</Subject>
          </Row>
          <Subtle>
            {[
              customerTexts.t(`status.${ticket.status}`),
              ...(ticket.categoryName === null ? [] : [ticket.categoryName]),
              describeTime(customerTexts, ticket, now()),
            ].join(' · ')}
          </Subtle>
        </li>
      ))}
    </Stack>
  );
}

/** The most useful of its times: when it was finished, how long the customer has waited, or when it was opened. */
function describeTime({ t, format }: TextsOf<typeof texts>, ticket: CustomerTicket, now: number): string {
  const { openedAt, waitingSince, finishedAt } = ticket;
  if (finishedAt !== null) return t('finished_when', { when: format.ago(finishedAt) });
  if (waitingSince === null) return t('opened_when', { when: format.ago(openedAt) });
  return t('waiting_for', { span: format.duration(Math.max(0, now - Date.parse(waitingSince))) });
}

export const customerCard: CardDefinition = {
  texts,
  Card: CustomerCard,
  Warning: CustomerWarning,
  BelowWarnings: OtherOpenTickets,
};
