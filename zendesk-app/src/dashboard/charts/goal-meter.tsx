// Shows a share as a bar, with its goal as a line.
import styled from 'styled-components';
import { color } from '../../base/theme/theme.ts';
import { seriesColor } from './palette.ts';

const HEIGHT = 8;

const Svg = styled.svg`
  display: block;
  inline-size: 100%;
  block-size: ${HEIGHT}px;
  & .track { fill: ${color('border.subtle')}; }
  & .fill { fill: ${({ theme }) => seriesColor(theme, 'first')}; }
  & .goal { fill: ${color('foreground.default')}; }
  @media (forced-colors: active) { & .fill, & .goal { fill: CanvasText; } }
`;

interface GoalMeterProps {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
  /** The share in words. */
  readonly text: string;
  /** From 0 to 1; null: no goal. */
  readonly goal: number | null;
}

/** A mirrored SVG in right-to-left pages, because SVG knows no logical start. */
export function GoalMeter({ label, share, text, goal }: GoalMeterProps) {
  const shown = Math.max(0, Math.min(1, share));
  return (
    <Svg
      viewBox={`0 0 100 ${HEIGHT}`}
      preserveAspectRatio="none"
      className="mirrored"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={shown}
      aria-valuetext={text}
    >
      <rect className="track" y={1} width={100} height={HEIGHT - 2} />
      <rect className="fill" y={1} width={shown * 100} height={HEIGHT - 2} />
      {goal === null ? null : (
        <rect className="goal" x={Math.min(99.4, goal * 100 - 0.3)} width={0.6} height={HEIGHT} />
      )}
    </Svg>
  );
}
