// Shows how much of a limit is used.
import styled from 'styled-components';
import { color } from '../theme/theme.ts';
import { Subtle } from './text.tsx';

const Track = styled.div`
  block-size: 6px;
  border-radius: 3px;
  background: ${color('border.subtle')};
  overflow: hidden;
  /* Windows' high contrast mode shows no backgrounds. */
  @media (forced-colors: active) { border: 1px solid CanvasText; }
`;

const Below = styled(Subtle)`
  margin-block-start: 4px;
`;

const Bar = styled.div`
  block-size: 100%;
  border-radius: 3px;
  background: ${color('border.primaryEmphasis')};
  @media (forced-colors: active) { background: CanvasText; forced-color-adjust: none; }
`;

interface MeterProps {
  /** What is measured. */
  readonly label: string;
  readonly value: number;
  /** Not zero. */
  readonly max: number;
  /** The value in words, visible to everybody. */
  readonly text: string;
}

export function Meter({ label, value, max, text }: MeterProps) {
  const shown = Math.min(value, max);
  return (
    <div>
      <Track
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={shown}
        aria-valuetext={text}
      >
        <Bar style={{ inlineSize: `${(shown / max) * 100}%` }} />
      </Track>
      <Below aria-hidden="true">{text}</Below>
    </div>
  );
}
