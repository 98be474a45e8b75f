// Shows a number that opens its definition and the tickets behind it.
import type { FigureId } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import type { Only } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { texts } from '../texts.ts';

const Button = styled.button<{ $quiet: boolean }>`
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: none;
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
  text-decoration: ${({ $quiet, theme }) => ($quiet ? 'none' : `underline dotted ${color('border.emphasis')({ theme })} 1px`)};
  text-underline-offset: 3px;
  &:hover { color: ${color('foreground.primary')}; text-decoration: underline solid 1px; }
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; outline-offset: 2px; }
`;

export interface FigureButtonProps {
  readonly figure: FigureId;
  /** Limits the tickets further than the page's filters: those of one tier or category. */
  readonly only?: Only;
  /** What the number is about, where it is not the whole figure: `Tier 1`. */
  readonly about?: string | undefined;
  /** Underlined only when it is pointed at: a number in small text beside the one that matters. */
  readonly quiet?: boolean;
  /** The number, or the words around it. */
  readonly children: string;
}

/** On the wall only the number, because nobody operates the page. */
export function FigureButton({ figure, only = {}, about, quiet = false, children }: FigureButtonProps) {
  const { t } = useTexts(texts);
  const { kind } = usePage();
  const { go } = useAddress();
  if (kind === 'wall') return <span>{children}</span>;
  const name = t(`figure.${figure}.name`);
  const label = about === undefined || about === children ? name : t('named', { name, about });
  return (
    <Button
      type="button"
      $quiet={quiet}
      title={t('open_figure')}
      // After the number, so that a screen reader says "42 Waiting now".
      aria-label={`${children} ${label}`}
      onClick={() => go({ open: { figure, only, ...(about === undefined ? {} : { about }) } })}
    >
      {children}
    </Button>
  );
}
