// Shows when a department's answer is due, and what it answered.
import type { QueueCard, TicketCard } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { describeDuration } from '../../base/i18n/describe-duration.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { Alert } from '../../base/ui/alert.tsx';
import { texts } from './texts.ts';
import { Late } from './waiting-line.tsx';

type Due = NonNullable<NonNullable<QueueCard['department']>['answer']>;

/** For the department and for the agent who waits. */
export function AnswerDue({ within, dueAt, late }: Due) {
  const { t, format } = useTexts(texts);
  const { now } = useSidebar();
  const values = {
    within: describeDuration({ t, format }, within),
    when: format.clock(dueAt),
    span: format.duration(Math.abs(Date.parse(dueAt) - now())),
  };
  return <p>{late ? <Late>{t('answer.overdue', values)}</Late> : t('answer.due', values)}</p>;
}

const Text = styled.div`
  white-space: pre-line;
  overflow-wrap: anywhere;
`;

/** Stands in the attention strip of a ticket that came back. */
export function DepartmentAnswer({ card }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  const answer = card.queue.departmentAnswer;
  if (answer === undefined) return null;
  const { department, by, at, text } = answer;
  return (
    <Alert>
      {t('answer.given', { department, by, when: format.ago(at) })}
      <Text>{text}</Text>
    </Alert>
  );
}
