// Keeps a store for the address's range and filters, and describes in words what changed.
import type { DashboardQuery } from '@deskwright/shared/contract';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useAnnounce } from '../../base/ui/announcer.tsx';
import { useActive } from '../../base/zendesk/host-context.tsx';
import { texts } from '../texts.ts';
import { createDashboardStore, type DashboardStore, type DashboardView } from './dashboard-store.ts';
import { useNow, usePage } from './page-context.tsx';

export interface HeldDashboard {
  readonly view: DashboardView;
  readonly refresh: () => void;
}

export function useDashboardView(query: DashboardQuery): HeldDashboard {
  const { service, random, host } = usePage();
  const key = JSON.stringify(query);
  const store = useMemo<DashboardStore>(
    () => createDashboardStore({ service, random }, JSON.parse(key) as DashboardQuery),
    [service, random, key],
  );
  const active = useActive(host);
  useEffect(() => {
    store.setActive(active);
    return () => store.setActive(false);
  }, [store, active]);
  const view = useSyncExternalStore(store.subscribe, store.view);
  useAnnouncements(view);
  return { view, refresh: store.refresh };
}

/** Numbers are announced this often at most: a screen reader that talks every second is of no use. Milliseconds. */
const ANNOUNCE_EVERY_MS = 60_000;

function useAnnouncements({ dashboard, live }: DashboardView): void {
  const { t } = useTexts(texts);
  // A change that came too early is announced when the minute is over.
  const now = useNow();
  const announce = useAnnounce();
  const said = useRef<{ at: number; waiting: number; attention: number } | null>(null);
  const wasLive = useRef(false);

  useEffect(() => {
    if (dashboard === null) return;
    const next = { at: now, waiting: dashboard.waiting.n, attention: dashboard.attention.length };
    const last = said.current;
    if (last === null) {
      said.current = next;
      return;
    }
    if (last.waiting === next.waiting && last.attention === next.attention) return;
    if (next.at - last.at < ANNOUNCE_EVERY_MS) return;
    said.current = next;
    announce(t('announce.changed', { waiting: next.waiting, count: next.attention }));
  }, [dashboard, now, announce, t]);

  useEffect(() => {
    if (wasLive.current && !live) announce(t('announce.not_live'));
    if (!wasLive.current && live && said.current !== null) announce(t('announce.live'));
    wasLive.current = live;
  }, [live, announce, t]);
}
