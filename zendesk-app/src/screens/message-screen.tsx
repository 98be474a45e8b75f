// What is shown when there is no card to show?
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { LinkButton } from '../parts/action-button.tsx';
import { Note, type NoteKind } from '../parts/note.tsx';

const Space = styled.div`
  padding: 16px;
`;

interface MessageScreenProps {
  readonly kind: NoteKind;
  readonly message: string;
  /** Left out: trying again cannot help. */
  readonly onRetry?: () => void;
}

export function MessageScreen({ kind, message, onRetry }: MessageScreenProps) {
  const { t } = useWords();
  return (
    <Space>
      <Note kind={kind} live>
        <p>{message}</p>
        {onRetry === undefined ? null : <LinkButton onClick={onRetry}>{t('retry')}</LinkButton>}
      </Note>
    </Space>
  );
}
