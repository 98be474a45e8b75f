// The customer card: survey answers, other tickets, and open promises.
import type { CustomerCard as Customer, CustomerTicket, TicketCard } from '@deskwright/shared/contract';
import sad from '@zendeskgarden/svg-icons/src/16/face-sad-stroke.svg?raw';
import smile from '@zendeskgarden/svg-icons/src/16/smiley-stroke.svg?raw';
import styled from 'styled-components';
import type { CardDefinition } from '../../base/card-definition.ts';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Icon } from '../../base/ui/icon.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Row, Stack, Subtle } from '../../base/ui/text.tsx';
import { TicketLink } from '../../base/ui/ticket-link.tsx';
import { texts } from './texts.ts';

const Answer = styled.li`
  display: flex;
  gap: 6px;

  & > span:first-child { margin-block-start: 4px; }
`;

const Subject = styled.span`
  flex: 1 1 120px;
  min-inline-size: 0;
`;

function CustomerCard({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const { name, answers, open, openCount, recent, promises } = card.customer;
  const nothing = answers.length + openCount + recent.length + promises.length === 0;
  return (
    <Section title={t('title')} aside={name ?? t('unknown')}>
      <Stack>
        {nothing ? <Subtle>{t('nothing')}</Subtle> : null}
        <Promises promises={promises} />
        <Answers answers={answers} />
        {openCount === 0 ? null : (
          <Disclosure label={t('open', { count: openCount })}>
            <Tickets tickets={open} />
            {openCount > open.length ? <Subtle>{t('more', { count: openCount - open.length })}</Subtle> : null}
          </Disclosure>
        )}
        {recent.length === 0 ? null : (
          <Disclosure label={t('recent', { count: recent.length })}>
            <Tickets tickets={recent} />
          </Disclosure>
        )}
      </Stack>
    </Section>
  );
}

function Promises({ promises }: Pick<Customer, 'promises'>) {
  const { t, format } = useTexts(texts);
  return promises.map(({ text, by, at, ticketId }) => (
    <Note key={`${ticketId} ${at} ${text}`} kind="warning">
      {t('promised', { text })}
      <Row>
        <span>{by === null ? format.ago(at) : t('by_when', { by, when: format.ago(at) })}</span>
        <TicketLink ticketId={ticketId} />
      </Row>
    </Note>
  ));
}

function Answers({ answers }: Pick<Customer, 'answers'>) {
  const { t, format } = useTexts(texts);
  if (answers.length === 0) return null;
  return (
    <Stack as="ul" $gap={4}>
      {answers.map(({ survey, score, outOf, good, at, ticketId }) => (
        <Answer key={`${ticketId} ${survey}`}>
          <Icon svg={good ? smile : sad} />
          <Row>
            <span>
              {t(good ? 'answer_good' : 'answer_bad', {
                survey: survey.toUpperCase(),
                score: format.number(score),
                outOf: format.number(outOf),
              })}
            </span>
            <Subtle as="span">
              {format.date(at)} <TicketLink ticketId={ticketId} />
            </Subtle>
          </Row>
        </Answer>
      ))}
    </Stack>
  );
}

function Tickets({ tickets }: { readonly tickets: readonly CustomerTicket[] }) {
  const customerTexts = useTexts(texts);
  const { now } = useSidebar();
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

export const customerCard: CardDefinition = { texts, Card: CustomerCard };
