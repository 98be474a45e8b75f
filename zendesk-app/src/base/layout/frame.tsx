// Wraps every screen: theme, language, Zendesk, announcements to screen readers, the height of the frame.
import { ThemeProvider } from '@zendeskgarden/react-theming';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { baseTexts } from '../i18n/texts.ts';
import { type AgentLanguage, LanguageProvider } from '../i18n/texts-context.tsx';
import { PageStyle } from '../theme/page-style.ts';
import { sidebarTheme } from '../theme/theme.ts';
import { Announcer } from '../ui/announcer.tsx';
import { Hidden } from '../ui/text.tsx';
import type { ColorScheme, Host } from '../zendesk/host.ts';
import { HostProvider } from '../zendesk/host-context.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { MessageScreen } from './message-screen.tsx';

/** What Zendesk's own bars leave of the screen; where the cards are taller, they scroll between head and foot. CSS pixels. */
const tallest = (): number => Math.max(480, window.screen.availHeight - 140);

interface FrameProps {
  readonly scheme: ColorScheme;
  readonly language: AgentLanguage;
  /** Null: the page is not inside Zendesk. */
  readonly host: Host | null;
  readonly children: ReactNode;
}

export function Frame({ scheme, language, host, children }: FrameProps) {
  const { direction } = language.locale;
  const theme = useMemo(() => sidebarTheme(scheme, direction), [scheme, direction]);
  const main = useRef<HTMLElement>(null);

  useEffect(() => {
    const content = main.current;
    if (content === null || host === null) return undefined;
    const observer = new ResizeObserver(() =>
      host.setHeight(Math.min(content.getBoundingClientRect().height, tallest())),
    );
    observer.observe(content);
    return () => observer.disconnect();
  }, [host]);

  return (
    <ThemeProvider theme={theme}>
      <PageStyle />
      <LanguageProvider value={language}>
        <HostProvider value={host}>
          <main ref={main}>
            {/* Zendesk shows the app's name above the frame; inside it this is the first heading for screen readers. */}
            <Hidden as="h1">Deskwright</Hidden>
            <Announcer>
              <ErrorBoundary
                fallback={<MessageScreen kind="danger" message={language.texts(baseTexts)('page.broken')} />}
              >
                {children}
              </ErrorBoundary>
            </Announcer>
          </main>
        </HostProvider>
      </LanguageProvider>
    </ThemeProvider>
  );
}
