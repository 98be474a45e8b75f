// Renders a line of guidance with its links and emphasis.
import type { Inline } from '@deskwright/shared/contract';
import { Anchor } from '@zendeskgarden/react-buttons';
import { Fragment } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { texts } from './texts.ts';

const Code = styled.code`
  padding: 0 3px;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: ${color('background.subtle')};
  font-family: ${({ theme }) => theme.fonts.mono};
  font-size: 0.9em;
`;

export function InlineText({ text }: { readonly text: readonly Inline[] }) {
  return (
    <>
      {text.map((part, at) => (
        // The parts of a line have no ids; their position identifies them.
        <Fragment key={at}>
          <Part part={part} />
        </Fragment>
      ))}
    </>
  );
}

function Part({ part }: { readonly part: Inline }) {
  const { t } = useTexts(texts);
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'emphasis':
      return <em>{part.text}</em>;
    case 'code':
      return <Code>{part.text}</Code>;
    case 'link':
      return part.href.startsWith('http') ? (
        <Anchor href={part.href} isExternal isUnderlined externalIconLabel={t('new_tab')}>
          {part.text}
        </Anchor>
      ) : (
        <Anchor href={part.href} isUnderlined target="_blank" rel="noopener noreferrer">
          {part.text}
        </Anchor>
      );
  }
}

/** Without formatting, for labels and announcements. */
export function plainText(text: readonly Inline[]): string {
  return text.map((part) => part.text).join('');
}
