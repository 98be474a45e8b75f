// Compares a figure with the period before, in words.
import type { FigureValue } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import type { Only } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { marksOf, writeValue } from '../format/figure-format.ts';
import { texts } from '../texts.ts';
import { FigureButton } from './figure-button.tsx';

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

interface ComparisonProps {
  readonly figure: FigureValue;
  /** The tickets of its row alone, and what the row is called. */
  readonly only?: Only | undefined;
  readonly about?: string | undefined;
}

/** `was 5h 2m, better`; opens the tickets of the period before. Nothing without one. */
export function Comparison({ figure, only, about }: ComparisonProps) {
  const all = useTexts(texts);
  const { t } = all;
  const { locale } = usePage();
  const { before } = useDashboard();
  if (!isCompared(figure)) return null;
  const was = writeValue(all, locale, figure.unit, figure.before.value);
  const { change } = figure;
  if (figure.before.value === null) return <Text $change={change}>{t('before.nothing')}</Text>;
  return (
    <Text $change={change}>
      <FigureButton
        figure={figure.id}
        only={{ ...only, ...before }}
        about={[...(about === undefined ? [] : [about]), t('before.period')].join(', ')}
        quiet
      >
        {change === undefined ? t('before.was', { was }) : t(`before.${change}`, { was })}
      </FigureButton>
    </Text>
  );
}

interface RemarksProps extends ComparisonProps {
  /** What is said first: `120 replies`. */
  readonly lead?: string;
}

/** What belongs beside a number: how it stands against the period before, whether it is approximate or too few to judge, and so on. */
export function Remarks({ figure, lead, only, about }: RemarksProps) {
  const marks = marksOf(useTexts(texts), figure);
  return (
    <>
      {lead === undefined ? null : (
        <FigureButton figure={figure.id} {...(only && { only })} about={about} quiet>
          {lead}
        </FigureButton>
      )}
      {lead === undefined || !isCompared(figure) ? null : ' · '}
      <Comparison figure={figure} only={only} about={about} />
      {marks.length === 0 ? null : (
        <Text $change="same">
          {lead === undefined && !isCompared(figure) ? '' : ' · '}
          {marks.join(' · ')}
        </Text>
      )}
    </>
  );
}
