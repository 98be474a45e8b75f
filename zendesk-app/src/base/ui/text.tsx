// Text styles and simple layouts of a card.
import styled from 'styled-components';
import { color } from '../theme/theme.ts';

/** Secondary text. */
export const Subtle = styled.p`
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
`;

/** Elements in one line that may wrap. */
export const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 8px;
`;

/** Fields of equal width beside one another where there is room for them. */
export const FieldRow = styled(Row)`
  align-items: start;

  > * {
    flex: 1 1 96px;
  }
`;

/** Elements below one another. */
export const Stack = styled.div<{ $gap?: number }>`
  display: flex;
  flex-direction: column;
  align-items: stretch;
  gap: ${({ $gap = 8 }) => $gap}px;
`;

export const SubTitle = styled.h3`
  font-size: ${({ theme }) => theme.fontSizes.sm};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  line-height: 18px;
`;

/** For screen readers only: says in words what the layout shows. */
export const Hidden = styled.span`
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
`;
