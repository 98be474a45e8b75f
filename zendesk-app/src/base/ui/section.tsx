// Lays out one card: title, aside, content.
import { type ReactNode, useId } from 'react';
import styled from 'styled-components';
import { color } from '../theme/color.ts';
import { closeOnEscape } from './close-on-escape.ts';
import { Hidden } from './text.tsx';

const Frame = styled.section`
  padding: 10px 16px 12px;
  & + & { border-block-start: 1px solid ${color('border.subtle')}; }
`;

const Head = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 2px 8px;
  margin-block-end: 4px;
`;

const Title = styled.h2`
  font-size: ${({ theme }) => theme.fontSizes.md};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  line-height: 20px;
`;

const Aside = styled.div`
  unicode-bidi: plaintext;
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
`;

interface SectionProps {
  readonly title: ReactNode;
  /** Hides the title visually where the content makes it clear; screen readers still have it. */
  readonly hiddenTitle?: boolean;
  /** Beside the title, in small text. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Closes what a button beside the title opened; null while nothing is open. */
  readonly onEscape?: (() => void) | null;
}

export function Section({ title, hiddenTitle = false, aside, children, onEscape }: SectionProps) {
  const id = useId();
  const closing = onEscape === undefined ? {} : { tabIndex: -1, onKeyDown: closeOnEscape(onEscape) };
  return (
    <Frame aria-labelledby={id} {...closing}>
      {hiddenTitle ? (
        <Hidden as="h2" id={id}>
          {title}
        </Hidden>
      ) : (
        <Head>
          <Title id={id}>{title}</Title>
          {aside === undefined ? null : <Aside>{aside}</Aside>}
        </Head>
      )}
      {children}
    </Frame>
  );
}
