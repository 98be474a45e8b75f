// Shows how a figure is defined: what it counts, its formula, unit, what it leaves out, and the source.
import { FIGURE_UNITS, type FigureId } from '@deskwright/shared/contract';
import { Fragment } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { texts } from '../texts.ts';

const List = styled.dl`
  display: grid;
  grid-template-columns: max-content minmax(0, 1fr);
  gap: 4px 16px;
  margin: 0;
  line-height: 18px;
  & dt { color: ${color('foreground.subtle')}; font-size: ${({ theme }) => theme.fontSizes.sm}; }
  & dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: plaintext; text-align: start; }
  & dd:not(:first-of-type) { font-size: ${({ theme }) => theme.fontSizes.sm}; }
  @media (max-width: 479px) { grid-template-columns: minmax(0, 1fr); gap: 0; & dd { margin-block-end: 6px; } }
`;

export function FigureDefinition({ figure }: { readonly figure: FigureId }) {
  const { t } = useTexts(texts);
  return (
    <List>
      <dt>{t('definition.counts')}</dt>
      <dd>{t(`figure.${figure}.definition`)}</dd>
      <dt>{t('definition.formula')}</dt>
      <dd>
        <WithCode text={t(`figure.${figure}.formula`)} />
      </dd>
      <dt>{t('definition.unit')}</dt>
      <dd>{t(`definition.units.${FIGURE_UNITS[figure]}`)}</dd>
      <dt>{t('definition.leaves_out')}</dt>
      <dd>
        <WithCode text={t(`figure.${figure}.leavesOut`)} />
      </dd>
      <dt>{t('definition.source')}</dt>
      <dd>
        <WithCode text={t(`figure.${figure}.source`)} />
      </dd>
    </List>
  );
}

/** Words in backticks, as Markdown has them, are those of the policy and of Zendesk. */
function WithCode({ text }: { readonly text: string }) {
  return text.split('`').map((part, n) => {
    const Part = n % 2 === 1 ? 'code' : Fragment;
    // A text's parts are only replaced as a whole.
    // oxlint-disable-next-line react/no-array-index-key
    return <Part key={n}>{part}</Part>;
  });
}
