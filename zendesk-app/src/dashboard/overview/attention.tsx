// Lists what needs attention, each with its tickets.
import type { AttentionItem } from '@deskwright/shared/contract';
import alertWarning from '@zendeskgarden/svg-icons/src/16/alert-warning-stroke.svg?raw';
import styled from 'styled-components';
import { describeDuration } from '../../base/i18n/describe-duration.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/color.ts';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Icon } from '../../base/ui/icon.tsx';
import { Row } from '../../base/ui/text.tsx';
import { usePage } from '../data/page-context.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { TicketRef } from '../parts/ticket-ref.tsx';
import { texts } from '../texts.ts';

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 4px;
  overflow-y: auto;
  /* As high as the panels beside it, and then it scrolls. */
  flex: 1 0 0;
  min-block-size: 130px;
  block-size: 0;
`;

const Item = styled.li`
  display: flex;
  gap: 6px;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
  & > span:first-child { color: ${color('foreground.warning')}; font-size: 14px; margin-block-start: 3px; }
  & > div { flex: 1; min-inline-size: 0; }
`;

export function Attention() {
  const { t } = useTexts(texts);
  const { attention } = useDashboard();
  return (
    <Panel title={t('attention.title')} area="attention">
      {attention.length === 0 ? (
        <Nothing>{t('attention.nothing')}</Nothing>
      ) : (
        // Reached with the keyboard, because it scrolls where it is long.
        <List tabIndex={0} aria-label={t('attention.title')}>
          {attention.map((item) => (
            <Item key={`${item.kind} ${item.about}`}>
              <Icon svg={alertWarning} />
              <Thing item={item} />
            </Item>
          ))}
        </List>
      )}
    </Panel>
  );
}

function Thing({ item }: { readonly item: AttentionItem }) {
  const all = useTexts(texts);
  const { t, format } = all;
  const { kind } = usePage();
  const about = item.kind === 'oldest_wait' ? describeDuration(all, item.about ?? '') : (item.about ?? '');
  const what = t(`attention.${item.kind}`, { count: item.n, about });
  const since = item.since === null ? null : <Small>{t('attention.since', { when: format.ago(item.since) })}</Small>;
  if (item.tickets.length === 0 || kind === 'wall') {
    return (
      <div>
        {what} {since}
      </div>
    );
  }
  return (
    <div>
      <Disclosure label={what} plain wraps aside={since}>
        <Row as="ul">
          {item.tickets.map((ticket) => (
            <li key={ticket.id}>
              <TicketRef ticket={ticket} />
            </li>
          ))}
        </Row>
      </Disclosure>
    </div>
  );
}
