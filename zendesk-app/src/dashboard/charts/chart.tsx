// Draws a chart: axes, shapes, points to reach with the keyboard, and the same as a table.
import type { Plot } from '@deskwright/shared/charts';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { Hidden } from '../../base/ui/text.tsx';
import type { Opened } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { texts } from '../texts.ts';
import { DataTable, type TableData } from './data-table.tsx';
import { useWidth } from './use-width.ts';

interface AxisLabel {
  readonly at: number;
  readonly label: string;
}

interface Point {
  readonly x: number;
  readonly label: string;
  /** The number that a click or Enter opens. */
  readonly opens?: Opened;
}

/** In pixels from the left, for left-to-right pages; mirrored for others. */
export interface Drawing {
  readonly plot: Plot;
  readonly xTicks: readonly AxisLabel[];
  readonly yTicks: readonly AxisLabel[];
  readonly shapes: ReactNode;
  /** `label` says all about the point: its time and its values. */
  readonly points: readonly Point[];
  /** Texts beside shapes. */
  readonly notes?: readonly { readonly x: number; readonly y: number; readonly text: string }[];
}

const Line = styled.div`
  display: flex;
  align-items: baseline;
  justify-content: space-between;
  gap: 8px;
  min-block-size: 18px;
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
`;

const Toggle = styled.button`
  flex: none;
  margin: 0;
  padding: 0 2px;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: none;
  color: ${color('foreground.primary')};
  font: inherit;
  cursor: pointer;
  &:hover { text-decoration: underline; }
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; }
`;

const Svg = styled.svg`
  display: block;
  inline-size: 100%;
  overflow: visible;
  & text { fill: ${color('foreground.subtle')}; font-size: 11px; unicode-bidi: plaintext; }
  & .grid { stroke: ${color('border.subtle')}; }
  & .point { fill: transparent; outline: none; }
  & .point:focus-visible { stroke: ${color('border.primaryEmphasis')}; stroke-width: 2; }
  & .guide { stroke: ${color('border.emphasis')}; }
`;

interface ChartProps {
  readonly title: string;
  /** What the chart shows, in a line above it; the point that is pointed at takes its place. */
  readonly summary?: ReactNode;
  readonly table: TableData;
  /** CSS pixels. */
  readonly height: number;
  readonly draw: (size: { readonly width: number; readonly height: number }) => Drawing;
}

const FIRST_WIDTH = 400;

export function Chart({ title, summary, table, height, draw }: ChartProps) {
  const { t } = useTexts(texts);
  const { kind, locale } = usePage();
  const [ref, width] = useWidth<HTMLElement>(FIRST_WIDTH);
  const [asTable, setAsTable] = useState(false);
  const [pointed, setPointed] = useState<number | null>(null);
  const id = useId();
  const isRtl = locale.direction === 'rtl';
  const across = (x: number): number => (isRtl ? width - x : x);
  const drawing = draw({ width, height });
  const { plot, points } = drawing;
  const shown = pointed === null ? undefined : points[pointed];
  return (
    <figure ref={ref} aria-labelledby={id} style={{ margin: 0, minInlineSize: 0 }}>
      <Hidden as="figcaption" id={id}>
        {title}
      </Hidden>
      <Line>
        <span aria-hidden={shown !== undefined}>{shown === undefined ? summary : shown.label}</span>
        {kind === 'wall' ? null : (
          <Toggle type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t('as_table')}
            <Hidden>{title}</Hidden>
          </Toggle>
        )}
      </Line>
      <DataTable title={title} data={table} height={height} isHidden={!asTable} />
      {asTable ? null : (
        <Svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={title}>
          <g aria-hidden="true">
            {drawing.yTicks.map(({ at, label }) => (
              <g key={label}>
                <line className="grid" x1={across(plot.left)} x2={across(plot.right)} y1={at} y2={at} />
                <text x={across(plot.left - 6)} y={at + 4} textAnchor="end">
                  {label}
                </text>
              </g>
            ))}
            {drawing.xTicks.map(({ at, label }) => (
              <text key={at} x={across(at)} y={plot.bottom + 16} textAnchor="middle">
                {label}
              </text>
            ))}
            <g transform={isRtl ? `translate(${width} 0) scale(-1 1)` : undefined}>{drawing.shapes}</g>
            {drawing.notes?.map(({ x, y, text }) => (
              <text key={`${x} ${text}`} x={across(x)} y={y} textAnchor="middle">
                {text}
              </text>
            ))}
            {shown === undefined ? null : (
              <line className="guide" x1={across(shown.x)} x2={across(shown.x)} y1={plot.top} y2={plot.bottom} />
            )}
          </g>
          {kind === 'wall' ? null : (
            <Points
              points={points.map((point) => ({ ...point, x: across(point.x) }))}
              plot={plot}
              backwards={isRtl}
              onPoint={setPointed}
            />
          )}
        </Svg>
      )}
    </figure>
  );
}

interface PointsProps {
  readonly points: readonly Point[];
  readonly plot: Plot;
  /** The first point is the rightmost. */
  readonly backwards: boolean;
  readonly onPoint: (point: number | null) => void;
}

/** One stop of the Tab key; the arrow keys go from point to point, the last one first, because it is the newest. Enter opens what is behind one. */
function Points({ points, plot, backwards, onPoint }: PointsProps) {
  const { go } = useAddress();
  const [chosen, setChosen] = useState<number | null>(null);
  const stop = Math.min(chosen ?? points.length - 1, points.length - 1);
  const wide = (plot.right - plot.left) / Math.max(1, points.length);

  function press(event: KeyboardEvent<SVGRectElement>): void {
    const opens = points[stop]?.opens;
    if (opens !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      return go({ open: opens });
    }
    const next = nextPoint(event.key, stop, points.length, backwards);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
    event.currentTarget.parentElement?.querySelectorAll<SVGRectElement>('.point')[next]?.focus();
  }

  return (
    <g onMouseLeave={() => onPoint(null)}>
      {points.map(({ x, label, opens }, n) => (
        <rect
          // A chart's points are only replaced as a whole.
          // oxlint-disable-next-line react/no-array-index-key
          key={n}
          className="point"
          role="img"
          aria-label={label}
          tabIndex={n === stop ? 0 : -1}
          x={x - wide / 2}
          y={plot.top}
          width={wide}
          height={Math.max(0, plot.bottom - plot.top)}
          onFocus={() => onPoint(n)}
          onBlur={() => onPoint(null)}
          onMouseEnter={() => onPoint(n)}
          onKeyDown={press}
          {...(opens === undefined ? {} : { onClick: () => go({ open: opens }), style: { cursor: 'pointer' } })}
        />
      ))}
    </g>
  );
}

/** Null: the key moves nowhere. */
function nextPoint(key: string, at: number, count: number, backwards: boolean): number | null {
  const step = backwards ? -1 : 1;
  const wanted =
    key === 'ArrowRight'
      ? at + step
      : key === 'ArrowLeft'
        ? at - step
        : key === 'Home'
          ? 0
          : key === 'End'
            ? count - 1
            : null;
  return wanted === null || wanted < 0 || wanted >= count ? null : wanted;
}
