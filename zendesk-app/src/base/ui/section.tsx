// Lays out one card: title, aside, content.
import { type ReactNode, useId } from 'react';
import styled, { css } from 'styled-components';
import { color } from '../theme/theme.ts';
import { closeOnEscape } from './close-on-escape.ts';
import { Hidden } from './text.tsx';

/**
 * `head` keeps its title row and `foot` all of itself on the screen while the cards between them scroll. `joined` belongs to the
 * section above: no line between them.
 */
type Place = 'head' | 'joined' | 'foot';

/** Where the frame is lower, as with large zoom, sticky parts would cover what is to be read. */
const TALL = '@media (min-height: 420px)';

const sticky = css`
  background: ${color('background.default')};
  ${TALL} { position: sticky; z-index: 1; }
`;

const Frame = styled.section<{ $place: Place | undefined }>`
  &:not(:first-of-type) { border-block-start: ${({ $place }) => ($place === 'joined' ? '0 none' : '1px solid')} ${color('border.subtle')}; }
  ${({ $place }) =>
    // Without a box of its own, so that the title row is sticky within the page and not within this section.
    $place === 'head' ? 'display: contents;' : `padding: ${$place === 'joined' ? '0 16px 6px' : '6px 16px'};`}
  ${({ $place }) =>
    $place === 'foot' &&
    css`
      ${sticky}
      inset-block-end: 0;
    `}
`;

const Head = styled.div<{ $sticky: boolean }>`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 2px 8px;
  margin-block-end: 4px;
  ${({ $sticky }) =>
    $sticky &&
    css`
      ${sticky}
      inset-block-start: 0;
      margin: 0;
      padding: 8px 16px 4px;
    `}
`;

const Body = styled.div`
  padding: 0 16px 6px;
  &:empty { display: none; }
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
  readonly place?: Place;
}

export function Section({ title, hiddenTitle = false, aside, children, onEscape, place }: SectionProps) {
  const id = useId();
  const closing = onEscape === undefined ? {} : { tabIndex: -1, onKeyDown: closeOnEscape(onEscape) };
  return (
    <Frame $place={place} aria-labelledby={id} {...closing}>
      {hiddenTitle ? (
        <Hidden as="h2" id={id}>
          {title}
        </Hidden>
      ) : (
        <Head $sticky={place === 'head'}>
          <Title id={id}>{title}</Title>
          {aside === undefined ? null : <Aside>{aside}</Aside>}
        </Head>
      )}
      {place === 'head' ? <Body tabIndex={-1}>{children}</Body> : children}
    </Frame>
  );
}
