// Chooses what the page shows: numbers, why there are none, or that they are being loaded.
import type { Dashboard } from '@deskwright/shared/contract';
import { type ReactNode, useMemo, useRef } from 'react';
import { makeFormats } from '../base/i18n/formats.ts';
import { LanguageProvider, useTexts } from '../base/i18n/texts-context.tsx';
import { MessageScreen } from '../base/layout/message-screen.tsx';
import { usePage } from './data/page-context.tsx';
import { useAddress } from './data/use-address.tsx';
import { DashboardProvider } from './data/use-dashboard.tsx';
import { type HeldDashboard, useDashboardView } from './data/use-dashboard-view.ts';
import { AgentScreen } from './screens/agent-screen.tsx';
import { Loading } from './screens/loading.tsx';
import { WallScreen } from './screens/wall-screen.tsx';
import { texts } from './texts.ts';

export function DashboardPage() {
  const { kind } = usePage();
  const { query } = useAddress().address;
  const held = useDashboardView(query);
  const { view } = held;
  /** Names the filters while other numbers are loaded. */
  const last = useRef<Dashboard | null>(null);
  if (view.dashboard !== null) last.current = view.dashboard;
  const isRefused = view.problem === 'forbidden' || view.problem === 'session_ended';
  const known = isRefused ? null : last.current;

  if (known === null) {
    return (
      <main>
        <Missing held={held} />
      </main>
    );
  }
  return (
    <InPolicyZone dashboard={known}>
      {kind === 'wall' ? (
        <WallScreen view={view} />
      ) : (
        <AgentScreen view={view} missing={view.dashboard === null ? <Missing held={held} /> : null} />
      )}
    </InPolicyZone>
  );
}

/** Why there are no numbers yet. */
function Missing({ held: { view, refresh } }: { readonly held: HeldDashboard }) {
  const { t } = useTexts(texts);
  const { kind } = usePage();
  switch (view.problem) {
    case null:
      return <Loading />;
    case 'session_ended':
      return <MessageScreen kind="info" message={t(kind === 'wall' ? 'problems.revoked' : 'problems.session_ended')} />;
    case 'forbidden':
      return <MessageScreen kind="info" message={t(kind === 'wall' ? 'problems.revoked' : 'problems.no_right')} />;
    case 'unreachable':
    case 'failed':
      return <MessageScreen kind="danger" message={t(`problems.${view.problem}`)} onRetry={refresh} />;
  }
}

/** Days are days of the policy's time zone, so all times are written in it, whatever the reader's own zone. */
function InPolicyZone({ dashboard, children }: { readonly dashboard: Dashboard; readonly children: ReactNode }) {
  const { texts: lookup, locale, now } = usePage();
  const { timeZone } = dashboard;
  const language = useMemo(
    () => ({ texts: lookup, locale, format: makeFormats(locale, now, timeZone) }),
    [lookup, locale, now, timeZone],
  );
  return (
    <LanguageProvider value={language}>
      <DashboardProvider value={dashboard}>{children}</DashboardProvider>
    </LanguageProvider>
  );
}
