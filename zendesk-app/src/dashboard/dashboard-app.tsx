// Wraps the dashboard: theme, language, announcements, and the message where nobody may see it.
import { ThemeProvider } from '@zendeskgarden/react-theming';
import { useEffect, useMemo, useState } from 'react';
import { createGlobalStyle } from 'styled-components';
import { type AgentLanguage, LanguageProvider } from '../base/i18n/texts-context.tsx';
import { ErrorBoundary } from '../base/layout/error-boundary.tsx';
import { MessageScreen } from '../base/layout/message-screen.tsx';
import { PageStyle } from '../base/theme/page-style.ts';
import { color, sidebarTheme } from '../base/theme/theme.ts';
import { Announcer } from '../base/ui/announcer.tsx';
import type { ColorScheme, Host } from '../base/zendesk/host.ts';
import { DashboardPage } from './dashboard-page.tsx';
import { type Page, PageProvider } from './data/page-context.tsx';
import { AddressProvider } from './data/use-address.tsx';
import { texts } from './texts.ts';

interface DashboardAppProps {
  readonly language: AgentLanguage;
  readonly host: Host | null;
  /** Null: the service did not say who sees the page. */
  readonly page: Page | null;
}

export function DashboardApp({ language, host, page }: DashboardAppProps) {
  const scheme = useScheme(host);
  const { direction } = language.locale;
  const theme = useMemo(() => sidebarTheme(scheme, direction), [scheme, direction]);
  const t = language.texts(texts);
  return (
    <ThemeProvider theme={theme}>
      <PageStyle />
      <DashboardStyle />
      <LanguageProvider value={language}>
        <Announcer>
          <ErrorBoundary fallback={<MessageScreen kind="danger" message={t('page.broken')} />}>
            {page === null ? (
              <main>
                <MessageScreen kind="danger" message={t('nobody')} />
              </main>
            ) : (
              <PageProvider value={page}>
                <AddressProvider>
                  <DashboardPage />
                </AddressProvider>
              </PageProvider>
            )}
          </ErrorBoundary>
        </Announcer>
      </LanguageProvider>
    </ThemeProvider>
  );
}

const DARK = '(prefers-color-scheme: dark)';

/** Zendesk's own where the page is inside it, otherwise the screen's. */
function useScheme(host: Host | null): ColorScheme {
  const [scheme, setScheme] = useState<ColorScheme>(
    () => host?.colorScheme ?? (window.matchMedia(DARK).matches ? 'dark' : 'light'),
  );
  useEffect(() => {
    if (host !== null) {
      host.onColorScheme(setScheme);
      return undefined;
    }
    const screen = window.matchMedia(DARK);
    const update = (): void => setScheme(screen.matches ? 'dark' : 'light');
    screen.addEventListener('change', update);
    return () => screen.removeEventListener('change', update);
  }, [host]);
  return scheme;
}

/** Sets what the dashboard adds to the styles of the page. */
const DashboardStyle = createGlobalStyle<object>`
  body { background: ${color('background.recessed')}; }
  /* SVG knows no logical start: bars without text are turned. */
  [dir='rtl'] .mirrored { transform: scaleX(-1); }
`;
