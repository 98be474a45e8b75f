// Shows rows of the same figures as a table: of tiers, departments, agents.
import type { FigureId, FigureValue } from '@deskwright/shared/contract';
import type { ReactNode } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import type { Only } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { figureOf } from '../data/use-dashboard.tsx';
import { writeValue } from '../format/figure-format.ts';
import { texts } from '../texts.ts';
import { Remarks } from './comparison.tsx';
import { FigureButton } from './figure-button.tsx';
import { FigureTable, Scrolls, Small } from './number.tsx';

interface FigureRow {
  readonly id: string;
  readonly name: string;
  readonly figures: readonly FigureValue[];
  /** Of columns before the figures. */
  readonly cells?: readonly ReactNode[];
  /** The tickets of this row alone. */
  readonly only: Only;
}

interface FigureColumnsProps {
  /** Names of the first column and of the further ones before the figures. */
  readonly head: readonly string[];
  readonly rows: readonly FigureRow[];
}

/** A column for each figure that any row has. */
export function FigureColumns({ head, rows }: FigureColumnsProps) {
  const { t } = useTexts(texts);
  const ids = [...new Set(rows.flatMap(({ figures }) => figures.map(({ id }) => id)))];
  return (
    <Scrolls tabIndex={0} role="group" aria-label={head[0]}>
      <FigureTable>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {ids.map((id) => (
              <th key={id} scope="col">
                {t(`figure.${id}.name`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {row.cells?.map((cell, n) => (
                <td key={head[n + 1]}>{cell}</td>
              ))}
              {ids.map((id) => (
                <td key={id}>
                  <Cell row={row} id={id} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Scrolls>
  );
}

function Cell({ row, id }: { readonly row: FigureRow; readonly id: FigureId }) {
  const all = useTexts(texts);
  const { locale } = usePage();
  const figure = figureOf(row.figures, id);
  if (figure === undefined) return <>{all.t('none')}</>;
  const written = writeValue(all, locale, figure.unit, figure.value);
  return (
    <>
      <FigureButton figure={id} only={row.only} about={row.name}>
        {written}
      </FigureButton>
      <Small>
        <Remarks figure={figure} only={row.only} about={row.name} />
      </Small>
    </>
  );
}
