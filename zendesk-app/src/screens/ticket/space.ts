// Lays out what stands above the cards.
import styled from 'styled-components';

export const Space = styled.div`
  padding: 8px 16px 0;
  &:empty { padding: 0; }
`;
