// Shows a chart's numbers as a table: to everybody, or to screen readers only.
import styled, { css } from 'styled-components';
import { color } from '../../base/theme/theme.ts';
import type { Opened } from '../data/address.ts';
import { FigureButton } from '../parts/figure-button.tsx';

/** A number that opens what is behind it, once the table is seen by everybody. */
interface OpeningCell {
  readonly text: string;
  readonly opens: Opened;
}

export interface TableData {
  readonly head: readonly string[];
  /** The first cell of each row is its heading. */
  readonly rows: readonly (readonly [heading: string, ...cells: (string | OpeningCell)[]])[];
}

const Box = styled.div<{ $hidden: boolean; $height: number }>`
  ${({ $hidden, $height }) =>
    $hidden
      ? css`
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        `
      : css`
          block-size: ${$height}px;
          overflow: auto;
          &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; }
        `}
`;

const Table = styled.table`
  border-collapse: collapse;
  inline-size: 100%;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
  font-variant-numeric: tabular-nums;
  & th { font-weight: ${({ theme }) => theme.fontWeights.semibold}; text-align: start; }
  & tbody th { font-weight: ${({ theme }) => theme.fontWeights.regular}; }
  & td { text-align: end; }
  & :is(th, td) { padding: 1px 6px; border-block-end: 1px solid ${color('border.subtle')}; }
  & thead th:not(:first-child) { text-align: end; }
`;

interface DataTableProps {
  readonly title: string;
  readonly data: TableData;
  /** CSS pixels. */
  readonly height: number;
  readonly isHidden: boolean;
}

export function DataTable({ title, data, height, isHidden }: DataTableProps) {
  return (
    // Scrolled with the keyboard where it is longer than the chart.
    <Box $hidden={isHidden} $height={height} {...(isHidden ? {} : { tabIndex: 0, role: 'group', 'aria-label': title })}>
      <Table>
        <caption style={{ position: 'absolute', clipPath: 'inset(50%)' }}>{title}</caption>
        <thead>
          <tr>
            {data.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map(([heading, ...cells], row) => (
            // Rows are only replaced as a whole.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={row}>
              <th scope="row">{heading}</th>
              {cells.map((cell, n) => (
                <td key={data.head[n + 1]}>
                  {typeof cell === 'string' ? (
                    cell
                  ) : isHidden ? (
                    cell.text
                  ) : (
                    <FigureButton {...cell.opens}>{cell.text}</FigureButton>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Box>
  );
}
