// Who is asking, and what is behind them?
import type { CustomerCard as Customer, CustomerTicket } from '@deskwright/shared/contract';
import sad from '@zendeskgarden/svg-icons/src/16/face-sad-stroke.svg?raw';
import smile from '@zendeskgarden/svg-icons/src/16/smiley-stroke.svg?raw';
import styled from 'styled-components';
import { useWords, type Words } from '../i18n/words-context.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/note.tsx';
import { Section } from '../parts/section.tsx';
import { Row, Stack, Subtle } from '../parts/text.tsx';
import { TicketLink } from '../parts/ticket-link.tsx';
import { useSidebar } from '../state/sidebar-context.tsx';

const Answer = styled.li`
  display: flex;
  gap: 6px;

  & > span:first-child { margin-block-start: 4px; }
`;

const Subject = styled.span`
  flex: 1 1 120px;
  min-inline-size: 0;
`;

export function CustomerCard({ customer }: { readonly customer: Customer }) {
  const { t } = useWords();
  const { name, answers, open, openCount, recent, promises } = customer;
  const nothing = answers.length + openCount + recent.length + promises.length === 0;
  return (
    <Section title={t('customer.title')} aside={name ?? t('customer.unknown')}>
      <Stack>
        {nothing ? <Subtle>{t('customer.nothing')}</Subtle> : null}
        <Promises promises={promises} />
        <Answers answers={answers} />
        {openCount === 0 ? null : (
          <Disclosure label={t('customer.open', { count: openCount })}>
            <Tickets tickets={open} />
            {openCount > open.length ? <Subtle>{t('customer.more', { count: openCount - open.length })}</Subtle> : null}
          </Disclosure>
        )}
        {recent.length === 0 ? null : (
          <Disclosure label={t('customer.recent', { count: recent.length })}>
            <Tickets tickets={recent} />
          </Disclosure>
        )}
      </Stack>
    </Section>
  );
}

function Promises({ promises }: Pick<Customer, 'promises'>) {
  const { t, format } = useWords();
  return promises.map(({ text, by, at, ticketId }) => (
    <Note key={`${ticketId} ${at} ${text}`} kind="warning">
      {t('customer.promised', { text })}
      <Row>
        <span>{by === null ? format.ago(at) : t('by_when', { by, when: format.ago(at) })}</span>
        <TicketLink ticketId={ticketId} />
      </Row>
    </Note>
  ));
}

function Answers({ answers }: Pick<Customer, 'answers'>) {
  const { t, format } = useWords();
  if (answers.length === 0) return null;
  return (
    <Stack as="ul" $gap={4}>
      {answers.map(({ survey, score, outOf, good, at, ticketId }) => (
        <Answer key={`${ticketId} ${survey}`}>
          <Icon svg={good ? smile : sad} />
          <Row>
            <span>
              {t(good ? 'customer.answer_good' : 'customer.answer_bad', {
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
  const words = useWords();
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
              words.t(`status.${ticket.status}`),
              ...(ticket.categoryName === null ? [] : [ticket.categoryName]),
              momentWords(words, ticket, now()),
            ].join(' · ')}
          </Subtle>
        </li>
      ))}
    </Stack>
  );
}

/** Of all its moments the one that says what to do about it: somebody waits, or it is finished, or how old it is. */
function momentWords({ t, format }: Words, ticket: CustomerTicket, now: number): string {
  const { openedAt, waitingSince, finishedAt } = ticket;
  if (finishedAt !== null) return t('customer.finished_when', { when: format.ago(finishedAt) });
  if (waitingSince === null) return t('customer.opened_when', { when: format.ago(openedAt) });
  return t('customer.waiting_for', { span: format.duration(Math.max(0, now - Date.parse(waitingSince))) });
}
