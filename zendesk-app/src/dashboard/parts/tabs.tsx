// Links to the sections of the dashboard.
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { SECTIONS } from '../data/address.ts';
import { useAddress } from '../data/use-address.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { texts } from '../texts.ts';

const List = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 0 4px;
`;

const Tab = styled.a`
  display: block;
  padding: 5px 8px;
  border-block-end: 2px solid transparent;
  color: ${color('foreground.default')};
  line-height: 20px;
  text-decoration: none;
  &:hover { color: ${color('foreground.primary')}; }
  &[aria-current] { border-color: ${color('border.primaryEmphasis')}; color: ${color('foreground.primary')}; }
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; outline-offset: -2px; }
`;

export function Tabs() {
  const { t } = useTexts(texts);
  const { address, hrefOf } = useAddress();
  const { may } = useDashboard();
  return (
    <nav aria-label={t('sections')}>
      <List>
        {SECTIONS.filter((id) => id !== 'links' || may.makeLinks).map((id) => (
          <li key={id}>
            <Tab href={hrefOf(id)} aria-current={id === address.section ? 'page' : undefined}>
              {t(`section.${id}`)}
            </Tab>
          </li>
        ))}
      </List>
    </nav>
  );
}
