// Shows a number that opens its definition and the tickets behind it.
import type { DashboardQuery, FigureId } from '@deskwright/shared/contract';
import type { ReactNode } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/color.ts';
import { Hidden } from '../../base/ui/text.tsx';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { texts } from '../texts.ts';

const Button = styled.button`
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: none;
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
  text-decoration: underline dotted ${color('border.emphasis')} 1px;
  text-underline-offset: 3px;

  &:hover { color: ${color('foreground.primary')}; text-decoration-style: solid; }
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; outline-offset: 2px; }
`;

interface FigureButtonProps {
  readonly figure: FigureId;
  /** Limits the tickets further than the page's filters: those of one tier or category. */
  readonly only?: DashboardQuery;
  /** What the number is about, for screen readers, where it is not the figure's name: `Tier 1`. */
  readonly about?: string;
  /** The number. */
  readonly children: ReactNode;
}

/** On the wall only the number, because nobody operates the page. */
export function FigureButton({ figure, only = {}, about, children }: FigureButtonProps) {
  const { t } = useTexts(texts);
  const { kind } = usePage();
  const { go } = useAddress();
  if (kind === 'wall') return <span>{children}</span>;
  const name = t(`figure.${figure}.name`);
  const label = about === undefined ? name : t('named', { name, about });
  return (
    <Button type="button" title={t('open_figure')} onClick={() => go({ open: { figure, only } })}>
      {children}
      {/* After the number, so that a screen reader says "42 Waiting now". */}
      <Hidden>{label}</Hidden>
    </Button>
  );
}
