// Draws a small line beside a number: how the figure went over the range.
import { layOutSparkline } from '@deskwright/shared/charts';
import type { FigureId, Trends } from '@deskwright/shared/contract';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import styled, { useTheme } from 'styled-components';
import { searchOf } from '../data/address.ts';
import { useAddress } from '../data/use-address.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { seriesColor } from './palette.ts';

/** CSS pixels: as high as a line of small text. */
const SIZE = { width: 40, height: 16 };
/** An hour or day is one point of many, so that the lines hardly change within this time. Milliseconds. */
const EVERY_MS = 5 * 60_000;

const Svg = styled.svg`
  display: inline-block;
  vertical-align: -3px;
  @media (forced-colors: active) { & path { stroke: CanvasText; } & circle { fill: CanvasText; } }
`;

type Lines = ReadonlyMap<FigureId, readonly (number | null)[]>;
const LinesContext = createContext<Lines>(new Map());

/** Reads the lines of the first screen at once, after its numbers. */
export function SparklineProvider({ children }: { readonly children: ReactNode }) {
  const { query } = useAddress().address;
  const { answer } = useAnswer<Trends>(`/api/dashboard/trends${searchOf(query)}`, EVERY_MS);
  const lines = useMemo<Lines>(
    () =>
      answer?.ok
        ? new Map(answer.value.trends.map(({ figure, points }) => [figure, points.map(({ value }) => value)]))
        : new Map(),
    [answer],
  );
  return <LinesContext.Provider value={lines}>{children}</LinesContext.Provider>;
}

/** Nothing where fewer than two points are known. Hidden from screen readers: "Trends" has the same as a table. */
export function Sparkline({ of }: { readonly of: FigureId }) {
  const values = useContext(LinesContext).get(of) ?? [];
  const theme = useTheme();
  const { path, last } = layOutSparkline(values, SIZE);
  if (last === null) return null;
  const color = seriesColor(theme, 'first');
  return (
    <Svg {...SIZE} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} className="mirrored" aria-hidden="true">
      <path d={path} fill="none" stroke={color} strokeWidth={1.5} strokeLinejoin="round" />
      <circle cx={last.x} cy={last.y} r={2} fill={color} />
    </Svg>
  );
}
