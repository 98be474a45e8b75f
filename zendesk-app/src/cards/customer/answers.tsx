// Shows the customer's answers to surveys: the newest, and older ones, a page at a time, when the agent asks for them.
import type { AnswersPage, SurveyAnswer } from '@deskwright/shared/contract';
import sad from '@zendeskgarden/svg-icons/src/16/face-sad-stroke.svg?raw';
import smile from '@zendeskgarden/svg-icons/src/16/smiley-stroke.svg?raw';
import { useLayoutEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import type { Refusal } from '../../base/service/refusal.ts';
import { describeRefusal, useService } from '../../base/service/service-context.tsx';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Icon } from '../../base/ui/icon.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Row, Stack, Subtle } from '../../base/ui/text.tsx';
import { TicketLink } from '../../base/ui/ticket-link.tsx';
import { texts } from './texts.ts';

const Answer = styled.li`
  display: flex;
  gap: 6px;
  outline: none;

  & > span:first-child { margin-block-start: 4px; }
`;

/** On a line of its own. */
const Whole = styled(Subtle).attrs({ as: 'span' })`
  flex: 1 1 100%;
`;

const Words = styled.q`
  flex: 1 1 100%;
  overflow-wrap: anywhere;
  white-space: pre-line;
`;

interface AnswersProps {
  readonly ticketId: number;
  readonly newest: readonly SurveyAnswer[];
  readonly hasMore: boolean;
}

export function Answers({ ticketId, newest, hasMore }: AnswersProps) {
  const { t } = useTexts(texts);
  const baseTexts = useTexts();
  const service = useService();
  const [read, setRead] = useState<AnswersPage & { readonly pages: number }>();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const firstNew = useRef<number | null>(null);
  // A newer answer came: what was read has other places on its pages.
  const [at, setAt] = useState(newest[0]?.at);
  if (at !== newest[0]?.at) {
    setAt(newest[0]?.at);
    setRead(undefined);
  }
  const shown = read?.answers ?? newest;

  async function more(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    const page = (read?.pages ?? 0) + 1;
    const answer = await service.call<AnswersPage>('GET', `/api/tickets/${ticketId}/answers/${page}`);
    setBusy(false);
    if (!answer.ok) {
      setRefusal(answer.refusal);
      return;
    }
    firstNew.current = shown.length;
    setRead({
      answers: [...(read?.answers ?? []), ...answer.value.answers],
      pages: page,
      hasMore: answer.value.hasMore,
    });
  }

  // The button may be gone.
  useLayoutEffect(() => {
    const next = firstNew.current === null ? null : list.current?.children[firstNew.current];
    firstNew.current = null;
    if (read !== undefined && next instanceof HTMLElement) next.focus();
  }, [read]);

  if (shown.length === 0) return null;
  return (
    <>
      <Stack as="ul" $gap={4} ref={list}>
        {shown.map((answer, index) => (
          // Two about no ticket can be of the same moment.
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer has no id here
          <OneAnswer key={`${answer.ticketId} ${answer.survey} ${answer.at} ${index}`} answer={answer} />
        ))}
      </Stack>
      {refusal === null ? null : (
        <Note kind="danger" live>
          {describeRefusal(baseTexts, refusal)}
        </Note>
      )}
      {(read?.hasMore ?? hasMore) ? <LinkButton onClick={() => void more()}>{t('answers_older')}</LinkButton> : null}
    </>
  );
}

function OneAnswer({ answer }: { readonly answer: SurveyAnswer }) {
  const customerTexts = useTexts(texts);
  const { t, format } = customerTexts;
  const { survey, score, outOf, good, at, ticketId, comment } = answer;
  const remarks = remarksOf(customerTexts, answer);
  const what = { survey: survey.toUpperCase(), score: format.number(score), outOf: format.number(outOf) };
  return (
    <Answer tabIndex={-1}>
      <Icon svg={good ? smile : sad} />
      <Row>
        <span>{t(good ? 'answer_good' : 'answer_bad', what)}</span>
        <Subtle as="span">
          {format.date(at)} {ticketId === null ? null : <TicketLink ticketId={ticketId} />}
        </Subtle>
        {comment === '' ? null : <Words dir="auto">{comment}</Words>}
        {remarks.length === 0 ? null : <Whole>{remarks.join(' · ')}</Whole>}
      </Row>
    </Answer>
  );
}

const TOOLS = { typeform: 'Typeform', simplesat: 'SimpleSAT' } as const;

function remarksOf({ t, format }: TextsOf<typeof texts>, answer: SurveyAnswer): string[] {
  const { drivers, mayContact, doubtful, importedFrom } = answer;
  return [
    ...drivers.map((driver) => format.named(driver)),
    ...(mayContact === null ? [] : [t(mayContact ? 'answer_may_contact' : 'answer_may_not_contact')]),
    ...(doubtful ? [t('answer_doubtful')] : []),
    ...(importedFrom === 'other' ? [t('answer_imported')] : []),
    ...(importedFrom === null || importedFrom === 'other'
      ? []
      : [t('answer_imported_from', { tool: TOOLS[importedFrom] })]),
  ];
}
