// Frames one part of a screen with its title.
import { type ReactNode, useId } from 'react';
import styled from 'styled-components';
import { color } from '../../base/theme/theme.ts';

const Frame = styled.section`
  display: flex;
  flex-direction: column;
  gap: 4px;
  min-inline-size: 0;
  padding: 8px 12px;
  border: 1px solid ${color('border.default')};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${color('background.raised')};
`;

const Head = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  justify-content: space-between;
  gap: 0 12px;
`;

const Title = styled.h2`
  font-size: ${({ theme }) => theme.fontSizes.md};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  line-height: 20px;
`;

const Aside = styled.div`
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
`;

interface PanelProps {
  readonly title: string;
  /** Beside the title, in small text. */
  readonly aside?: ReactNode;
  /** The place in the grid of the first screen. */
  readonly area?: string;
  readonly children: ReactNode;
}

export function Panel({ title, aside, area, children }: PanelProps) {
  const id = useId();
  return (
    <Frame aria-labelledby={id} {...(area === undefined ? {} : { style: { gridArea: area } })}>
      <Head>
        <Title id={id}>{title}</Title>
        {aside === undefined ? null : <Aside>{aside}</Aside>}
      </Head>
      {children}
    </Frame>
  );
}

/** Where a panel has nothing to show. */
export const Nothing = styled.p`
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
`;
