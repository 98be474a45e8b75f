// How is a line of guidance shown, with its links and stresses?
import type { Inline } from '@deskwright/shared/contract';
import { Anchor } from '@zendeskgarden/react-buttons';
import { Fragment } from 'react';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { color } from '../theme/color.ts';

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
        // The parts of a sentence have no names; a changed sentence is a new one.
        <Fragment key={at}>
          <Part part={part} />
        </Fragment>
      ))}
    </>
  );
}

function Part({ part }: { readonly part: Inline }) {
  const { t } = useWords();
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

/** The words alone, for labels and announcements. */
export function plainText(text: readonly Inline[]): string {
  return text.map((part) => part.text).join('');
}
