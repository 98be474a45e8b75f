// Lays out a section: its title, what belongs beside it, and panels in columns.
import type { ReactNode } from 'react';
import styled from 'styled-components';
import { Row } from '../../base/ui/text.tsx';

const Title = styled.h2`
  font-size: ${({ theme }) => theme.fontSizes.lg};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  line-height: 24px;
`;

export function SectionHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Row style={{ justifyContent: 'space-between', marginBlock: 8 }}>
      <Title>{title}</Title>
      {children}
    </Row>
  );
}

export const Columns = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
  gap: 8px;
`;

export const Rows = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;
`;
