// Lays out the first screen for a screen on the wall: as large as it allows, without controls.
import { useEffect, useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Row } from '../../base/ui/text.tsx';
import type { DashboardView } from '../data/dashboard-store.ts';
import { useDashboard } from '../data/use-dashboard.tsx';
import { LiveStatus } from '../parts/live-status.tsx';
import { texts } from '../texts.ts';
import { Overview } from './overview.tsx';

const Main = styled.main`
  display: flex;
  flex-direction: column;
  padding: 8px 16px;
`;

const Title = styled.h1`
  font-size: ${({ theme }) => theme.fontSizes.lg};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

/** The size for which the first screen is laid out, in CSS pixels. */
const LAID_OUT = { width: 1280, height: 680 };

export function WallScreen({ view }: { readonly view: DashboardView }) {
  const { t } = useTexts(texts);
  const { company } = useDashboard();
  const zoom = useZoom();
  return (
    // As high as the screen: `vh` is not divided by the zoom, and what is left of a pixel would scroll.
    <Main style={{ zoom, minBlockSize: `calc(${100 / zoom}vh - 1px)` }}>
      <Row style={{ justifyContent: 'space-between' }}>
        <Title>{t('title', { company })}</Title>
        <LiveStatus view={view} />
      </Row>
      <Overview />
    </Main>
  );
}

/** How many times larger the screen is. Never smaller, so that it can be read on a phone too. */
function useZoom(): number {
  const [zoom, setZoom] = useState(zoomOf);
  useEffect(() => {
    const update = (): void => setZoom(zoomOf());
    window.addEventListener('resize', update);
    return () => window.removeEventListener('resize', update);
  }, []);
  return zoom;
}

function zoomOf(): number {
  const { innerWidth, innerHeight } = window;
  return Math.max(1, Math.min(innerWidth / LAID_OUT.width, innerHeight / LAID_OUT.height));
}
