// Shows the colour of a series beside its name.
import styled from 'styled-components';
import { type SeriesName, seriesColor } from './palette.ts';

const Square = styled.svg`
  display: inline-block;
  inline-size: 10px;
  block-size: 10px;
  vertical-align: -1px;
`;

/** Decorative: the name stands beside it. */
export function Key({ series }: { readonly series: SeriesName }) {
  return (
    <Square viewBox="0 0 10 10" aria-hidden="true">
      <Fill $series={series} width={10} height={10} rx={2} />
    </Square>
  );
}

const Fill = styled.rect<{ $series: SeriesName }>`
  fill: ${({ theme, $series }) => seriesColor(theme, $series)};
`;
