// What is around every screen: theme, language, Zendesk, the voice for screen readers, the height of the frame?
import { ThemeProvider } from '@zendeskgarden/react-theming';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { type Words, WordsProvider } from '../i18n/words-context.tsx';
import { Announcer } from '../parts/announcer.tsx';
import { Hidden } from '../parts/text.tsx';
import { HostProvider } from '../state/host-context.tsx';
import { PageStyle } from '../theme/page-style.ts';
import { sidebarTheme } from '../theme/sidebar-theme.ts';
import type { ColorScheme, Host } from '../zaf/host.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { MessageScreen } from './message-screen.tsx';

interface FrameProps {
  readonly scheme: ColorScheme;
  readonly words: Words;
  /** Null: there is no Zendesk around. */
  readonly host: Host | null;
  readonly children: ReactNode;
}

export function Frame({ scheme, words, host, children }: FrameProps) {
  const theme = useMemo(() => sidebarTheme(scheme, words.locale.direction), [scheme, words.locale.direction]);
  const main = useRef<HTMLElement>(null);

  useEffect(() => {
    const content = main.current;
    if (content === null || host === null) return undefined;
    const observer = new ResizeObserver(() => host.setHeight(content.getBoundingClientRect().height));
    observer.observe(content);
    return () => observer.disconnect();
  }, [host]);

  return (
    <ThemeProvider theme={theme}>
      <PageStyle />
      <WordsProvider value={words}>
        <HostProvider value={host}>
          <main ref={main}>
            {/* Zendesk writes the app's name above the frame; inside it, a screen reader's list of headings begins here. */}
            <Hidden as="h1">Deskwright</Hidden>
            <Announcer>
              <ErrorBoundary fallback={<MessageScreen kind="danger" message={words.t('page.broken')} />}>
                {children}
              </ErrorBoundary>
            </Announcer>
          </main>
        </HostProvider>
      </WordsProvider>
    </ThemeProvider>
  );
}
