// Inserts a canned reply into the comment that the agent is writing.
import { useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { useAnnounce } from '../../base/ui/announcer.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack } from '../../base/ui/text.tsx';
import { findBlanks } from '../../base/zendesk/comment-text.ts';
import type { CommentKind } from '../../base/zendesk/host.ts';
import { useHost } from '../../base/zendesk/host-context.tsx';
import { useSteps } from './steps-context.tsx';
import { texts } from './texts.ts';

const Box = styled.div`
  padding: 1px 8px;
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${color('background.recessed')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
`;

const ReplyText = styled.p`
  padding-block-end: 6px;
  white-space: pre-line;
`;

const OneLine = styled.span`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;

const Insert = styled(LinkButton)`
  flex: none;
`;

/** The first line that says something: below a greeting, if there is one. */
function firstLine(text: string): string {
  const [first = '', second] = text.split('\n').filter((line) => line.trim() !== '');
  return /^[^.!?]{1,40},$/.test(first.trim()) ? (second ?? first) : first;
}

export function CannedReply({ text }: { readonly text: string }) {
  const { t } = useTexts(texts);
  const host = useHost();
  const canReply = useSteps()?.canReply ?? true;
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<CommentKind | 'refused' | null>(null);
  const blanks = findBlanks(text);
  const toFill = blanks.length === 0 ? null : t('fill_in', { blanks: blanks.join(', ') });

  async function insert(): Promise<void> {
    const kind = await host.appendToReply(text);
    setOutcome(kind ?? 'refused');
    if (kind === null) return;
    const place = kind === 'internal_note' ? t('inserted_note') : t('inserted');
    announce(toFill === null ? place : `${place} ${toFill}`);
  }

  return (
    <Box>
      <Stack $gap={6}>
        <Disclosure
          plain
          label={<OneLine>{firstLine(text)}</OneLine>}
          aside={
            <Insert
              disabled={!canReply}
              onClick={() => void insert()}
              aria-label={t('insert_this', { text: text.slice(0, 60) })}
            >
              {t('insert')}
            </Insert>
          }
        >
          <ReplyText>{text}</ReplyText>
        </Disclosure>
        {outcome === 'refused' ? (
          <Note kind="danger" live>
            {t('insert_failed')}
          </Note>
        ) : null}
        {/* Not live, because both were announced already. */}
        {outcome === 'internal_note' ? <Note kind="warning">{t('inserted_note')}</Note> : null}
        {toFill !== null && (outcome === 'reply' || outcome === 'internal_note') ? (
          <Note kind="info">{toFill}</Note>
        ) : null}
      </Stack>
    </Box>
  );
}
