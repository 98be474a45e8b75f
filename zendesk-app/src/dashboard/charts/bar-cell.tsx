// Draws one bar of a table, as long as its part of the largest.
import styled from 'styled-components';
import { seriesColor } from './palette.ts';

const HEIGHT = 10;

const Svg = styled.svg`
  display: block;
  inline-size: 100%;
  block-size: ${HEIGHT}px;
  margin-block-start: 4px;
  & rect { fill: ${({ theme }) => seriesColor(theme, 'first')}; }
  @media (forced-colors: active) { & rect { fill: CanvasText; } }
`;

/** Decorative: the number stands beside it. @param part from 0 to 1 */
export function BarCell({ part }: { readonly part: number }) {
  return (
    <Svg viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" className="mirrored" aria-hidden="true">
      <rect width={part * 100} height={HEIGHT} />
    </Svg>
  );
}
