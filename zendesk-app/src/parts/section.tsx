// How does one card stand on the page?
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
  /** The figures below say what this is: the title is for screen readers alone. */
  readonly quiet?: boolean;
  /** Beside the title, small. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Closes what a button beside the title has opened; null while nothing is open. */
  readonly onEscape?: (() => void) | null;
}

export function Section({ title, quiet = false, aside, children, onEscape }: SectionProps) {
  const id = useId();
  const closing = onEscape === undefined ? {} : { tabIndex: -1, onKeyDown: closeOnEscape(onEscape) };
  return (
    <Frame aria-labelledby={id} {...closing}>
      {quiet ? (
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
