// Shows a few figures side by side.
import type { ReactNode } from 'react';
import styled from 'styled-components';
import { color } from '../theme/color.ts';

const List = styled.dl`
  display: flex;
  flex-wrap: wrap;
  gap: 8px 16px;

  & > div { flex: 1 1 120px; min-inline-size: 0; }
`;

const Name = styled.dt`
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 16px;
`;

const Value = styled.dd`
  font-size: ${({ theme }) => theme.fontSizes.lg};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  font-variant-numeric: tabular-nums;
  line-height: 24px;
`;

const More = styled.dd`
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 16px;
`;

export function Facts({ children }: { readonly children: ReactNode }) {
  return <List>{children}</List>;
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  /** Tooltip of the value. */
  readonly hint?: string;
  /** Smaller, below the value. */
  readonly more?: ReactNode;
}

export function Fact({ name, value, hint, more }: FactProps) {
  return (
    <div>
      <Name>{name}</Name>
      <Value title={hint}>{value}</Value>
      {more === undefined || more === null ? null : <More>{more}</More>}
    </div>
  );
}
