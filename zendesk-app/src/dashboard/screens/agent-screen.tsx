// Lays out the dashboard for people: filters and sections above, the chosen section below.
import type { ReactNode } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { Hidden, Row } from '../../base/ui/text.tsx';
import type { SectionId } from '../data/address.ts';
import type { DashboardView } from '../data/dashboard-store.ts';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { CsvButton } from '../parts/csv-button.tsx';
import { FigureDialog } from '../parts/figure-dialog.tsx';
import { Filters } from '../parts/filters.tsx';
import { LiveStatus } from '../parts/live-status.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { AttentionSection } from '../sections/attention.tsx';
import { GoalsSection } from '../sections/goals.tsx';
import { LinksSection } from '../sections/links.tsx';
import { QueuesSection } from '../sections/queues.tsx';
import { RulesSection } from '../sections/rules.tsx';
import { TeamSection } from '../sections/team.tsx';
import { TrendsSection } from '../sections/trends.tsx';
import { texts } from '../texts.ts';
import { Overview } from './overview.tsx';

const Header = styled.header`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 4px 16px;
  padding: 2px 16px;
  border-block-end: 1px solid ${color('border.default')};
`;

const Main = styled.main`
  padding: 6px 16px 2px;
`;

const Foot = styled.footer`
  padding: 0 16px 6px;
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.xs};
  line-height: 14px;
`;

interface AgentScreenProps {
  readonly view: DashboardView;
  /** In place of the numbers, where there are none yet. */
  readonly missing: ReactNode;
}

export function AgentScreen({ view, missing }: AgentScreenProps) {
  const { t, format } = useTexts(texts);
  const { version } = usePage();
  const { address } = useAddress();
  const { company, timeZone, range } = useDashboard();
  return (
    <>
      <Header>
        <Hidden as="h1">{t('title', { company })}</Hidden>
        <Tabs />
        <LiveStatus view={view} />
      </Header>
      <Main>
        <Row style={{ justifyContent: 'space-between' }}>
          <Filters />
          {address.section === 'overview' ? <CsvButton section="overview" /> : null}
        </Row>
        {missing ?? <Section id={address.section} />}
      </Main>
      <Foot>
        <Row style={{ justifyContent: 'space-between' }}>
          <span>{t('zone', { from: format.dateTime(range.from), to: format.dateTime(range.to), zone: timeZone })}</span>
          <span>Deskwright {version}</span>
        </Row>
      </Foot>
      <FigureDialog />
    </>
  );
}

function Section({ id }: { readonly id: SectionId }) {
  switch (id) {
    case 'overview':
      return <Overview />;
    case 'attention':
      return <AttentionSection />;
    case 'trends':
      return <TrendsSection />;
    case 'goals':
      return <GoalsSection />;
    case 'queues':
      return <QueuesSection />;
    case 'rules':
      return <RulesSection />;
    case 'team':
      return <TeamSection />;
    case 'links':
      return <LinksSection />;
  }
}
