// How does ready wording get into the reply?
import { useState } from 'react';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { LinkButton } from '../parts/action-button.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { Note } from '../parts/note.tsx';
import { Stack } from '../parts/text.tsx';
import { useHost } from '../state/host-context.tsx';
import { useSteps } from '../state/steps-context.tsx';
import { color } from '../theme/color.ts';
import type { CommentKind } from '../zaf/host.ts';
import { blanksIn } from './blanks-in.ts';

const Box = styled.div`
  padding: 8px 10px;
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${color('background.recessed')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
`;

const Wording = styled.p`
  white-space: pre-line;
`;

const Insert = styled(LinkButton)`
  align-self: flex-start;
`;

export function CannedReply({ text }: { readonly text: string }) {
  const { t } = useWords();
  const host = useHost();
  const canReply = useSteps()?.canReply ?? true;
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<CommentKind | 'refused' | null>(null);
  const blanks = blanksIn(text);
  const toFill = blanks.length === 0 ? null : t('guidance.fill_in', { blanks: blanks.join(', ') });

  async function insert(): Promise<void> {
    const kind = await host.appendToReply(text);
    setOutcome(kind ?? 'refused');
    if (kind === null) return;
    const place = kind === 'internal_note' ? t('guidance.inserted_note') : t('guidance.inserted');
    announce(toFill === null ? place : `${place} ${toFill}`);
  }

  return (
    <Box>
      <Stack $gap={6}>
        <Wording>{text}</Wording>
        <Insert
          disabled={!canReply}
          onClick={() => void insert()}
          aria-label={t('guidance.insert_this', { text: text.slice(0, 60) })}
        >
          {t('guidance.insert')}
        </Insert>
        {outcome === 'refused' ? (
          <Note kind="danger" live>
            {t('guidance.insert_failed')}
          </Note>
        ) : null}
        {/* Not live: both have been announced. */}
        {outcome === 'internal_note' ? <Note kind="warning">{t('guidance.inserted_note')}</Note> : null}
        {toFill !== null && (outcome === 'reply' || outcome === 'internal_note') ? (
          <Note kind="info">{toFill}</Note>
        ) : null}
      </Stack>
    </Box>
  );
}
