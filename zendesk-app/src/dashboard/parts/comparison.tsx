// Says in words how a figure stands against the period before.
import type { FigureValue } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/color.ts';
import { usePage } from '../data/page-context.tsx';
import { marksOf, writeValue } from '../format/figure-format.ts';
import { texts } from '../texts.ts';

const Text = styled.span<{ $change: FigureValue['change'] }>`
  color: ${({ $change, theme }) => color(FOREGROUND[$change ?? 'same'])({ theme })};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 16px;
`;

const FOREGROUND = {
  better: 'foreground.success',
  worse: 'foreground.danger',
  same: 'foreground.subtle',
  unclear: 'foreground.subtle',
} as const;

/** Without a number in either period there is nothing to compare. */
const isCompared = (figure: FigureValue): figure is FigureValue & { before: NonNullable<FigureValue['before']> } =>
  figure.before !== undefined && (figure.value !== null || figure.before.value !== null);

/** `was 5h 2m, better`. Nothing without a period before. */
export function Comparison({ figure }: { readonly figure: FigureValue }) {
  const all = useTexts(texts);
  const { locale } = usePage();
  if (!isCompared(figure)) return null;
  const was = writeValue(all, locale, figure.unit, figure.before.value);
  const { change } = figure;
  return (
    <Text $change={change}>
      {figure.before.value === null
        ? all.t('before.nothing')
        : change === undefined
          ? all.t('before.was', { was })
          : all.t(`before.${change}`, { was })}
    </Text>
  );
}

interface RemarksProps {
  readonly figure: FigureValue;
  /** What is said first: `120 replies`. */
  readonly lead?: string;
}

/** What belongs beside a number: how it stands against the period before, whether it is approximate or too few to judge, and so on. */
export function Remarks({ figure, lead }: RemarksProps) {
  const marks = marksOf(useTexts(texts), figure);
  return (
    <>
      {lead}
      {lead === undefined || !isCompared(figure) ? null : ' · '}
      <Comparison figure={figure} />
      {marks.length === 0 ? null : (
        <Text $change="same">
          {lead === undefined && !isCompared(figure) ? '' : ' · '}
          {marks.join(' · ')}
        </Text>
      )}
    </>
  );
}
