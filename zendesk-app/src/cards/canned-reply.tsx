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
  const [failed, setFailed] = useState(false);

  async function insert(): Promise<void> {
    const inserted = await host.appendToReply(text);
    setFailed(!inserted);
    if (inserted) announce(t('guidance.inserted'));
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
        {failed ? (
          <Note kind="danger" live>
            {t('guidance.insert_failed')}
          </Note>
        ) : null}
      </Stack>
    </Box>
  );
}
