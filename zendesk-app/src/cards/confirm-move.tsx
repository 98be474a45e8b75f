// Is the agent sure that the ticket shall leave?
import { useLayoutEffect, useRef } from 'react';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Row, Stack } from '../parts/text.tsx';

const Question = styled.p`
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  outline: none;
`;

interface ConfirmMoveProps {
  readonly to: string;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onMove: () => void;
  readonly onBack: () => void;
}

export function ConfirmMove({ to, busy, disabled, onMove, onBack }: ConfirmMoveProps) {
  const { t } = useWords();
  const question = useRef<HTMLParagraphElement>(null);
  // On the question and not on its button: a key held down must not answer what nobody has read.
  useLayoutEffect(() => question.current?.focus(), []);
  return (
    <Stack>
      <Question ref={question} tabIndex={-1}>
        {t('escalate.confirm', { to })}
      </Question>
      <Row>
        <ActionButton isPrimary disabled={disabled} onClick={onMove}>
          {busy ? t('escalate.moving') : t('escalate.move')}
        </ActionButton>
        <ActionButton isBasic onClick={onBack}>
          {t('escalate.edit')}
        </ActionButton>
      </Row>
    </Stack>
  );
}
