// Shows that the customer has written again while the agent has the ticket open.
import type { TicketCard } from '@deskwright/shared/contract';
import { useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Note, NoteAboveCards } from '../../base/ui/note.tsx';
import { Row } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

/** Stays in view while the agent writes further down. */
const Top = styled(NoteAboveCards)`
  position: sticky;
  inset-block-start: 0;
  z-index: 2;
  background: ${color('background.default')};
`;

/** One for each ticket; the messages that the agent found when the ticket was opened are not new. Gone with an answer, or on a click. */
export function NewMessage({ card }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  const { lastMessageAt, answered } = card.queue;
  const { name } = card.customer;
  const [seenAt, setSeenAt] = useState(lastMessageAt);
  const isNew = lastMessageAt !== null && (seenAt === null || lastMessageAt > seenAt) && answered === null;
  const when = lastMessageAt === null ? '' : format.ago(lastMessageAt);
  return (
    <Top role="status">
      {isNew ? (
        <Note kind="warning">
          <Row>
            <span>{name === null ? t('new_message', { when }) : t('new_message_from', { name, when })}</span>
            <LinkButton onClick={() => setSeenAt(lastMessageAt)}>{t('seen')}</LinkButton>
          </Row>
        </Note>
      ) : null}
    </Top>
  );
}
