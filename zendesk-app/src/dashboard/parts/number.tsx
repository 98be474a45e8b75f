// Styles of numbers.
import styled from 'styled-components';
import { color } from '../../base/theme/theme.ts';

/** The number that a panel is about. */
export const BigNumber = styled.div`
  font-size: 30px;
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  line-height: 32px;
  font-variant-numeric: tabular-nums;
`;

export const MediumNumber = styled.div`
  font-size: 20px;
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  line-height: 24px;
  font-variant-numeric: tabular-nums;
`;

/** Secondary text below or beside a number. */
export const Small = styled.div`
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 16px;
  unicode-bidi: plaintext;
  [dir='rtl'] & { inline-size: fit-content; }
`;

/** A compact table; numbers stand below one another. */
export const FigureTable = styled.table`
  inline-size: 100%;
  border-collapse: collapse;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
  font-variant-numeric: tabular-nums;
  & th { font-weight: ${({ theme }) => theme.fontWeights.regular}; text-align: start; }
  & tbody th { min-inline-size: 4.5em; }
  & thead th { color: ${color('foreground.subtle')}; }
  & :is(th, td) { padding: 2px 0 2px 10px; vertical-align: baseline; text-align: start; }
  & :is(th, td):first-child { padding-inline-start: 0; }
  & tbody tr + tr > * { border-block-start: 1px solid ${color('border.subtle')}; }
  & tbody tr.continued > * { border: 0; padding-block-start: 0; }
  [dir='rtl'] & :is(th, td) { padding: 2px 10px 2px 0; }
  overflow-wrap: normal;
  & td > :is(b, button) { white-space: nowrap; }
  & .end { text-align: end; white-space: nowrap; }
`;

/** Wide tables scroll by themselves and not with the page. */
export const Scrolls = styled.div`
  overflow-x: auto;
`;
