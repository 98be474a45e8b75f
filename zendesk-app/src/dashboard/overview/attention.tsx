// Lists what needs attention, as far as there is room, and shows how much more there is.
import { type RefObject, useEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { texts } from '../texts.ts';
import { AttentionGroup, AttentionList, groupByKind } from './attention-items.tsx';

const Scroller = styled.div`
  overflow-y: auto;
  /* As high as the panels beside it, and then it scrolls. */
  flex: 1 0 0;
  min-block-size: 112px;
  block-size: 0;
`;

const All = styled.a`
  color: ${color('foreground.primary')};
  text-decoration: none;
  &:hover { text-decoration: underline; }
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; }
`;

export function Attention() {
  const { t } = useTexts(texts);
  const { kind } = usePage();
  const { hrefOf } = useAddress();
  const groups = groupByKind(useDashboard().attention);
  const scroller = useRef<HTMLDivElement>(null);
  const below = useCountBelow(scroller, groups.length);
  return (
    <Panel
      title={t('attention.title')}
      area="attention"
      {...(kind === 'wall' || groups.length === 0
        ? {}
        : { aside: <All href={hrefOf('attention')}>{t('attention.all')}</All> })}
    >
      {groups.length === 0 ? (
        <Nothing>{t('attention.nothing')}</Nothing>
      ) : (
        // Reached with the keyboard, because it scrolls where it is long.
        <Scroller ref={scroller} tabIndex={0} role="group" aria-label={t('attention.title')}>
          <AttentionList>
            {groups.map((group) => (
              <AttentionGroup key={group.kind} group={group} />
            ))}
          </AttentionList>
        </Scroller>
      )}
      {below === 0 ? null : <Small aria-hidden="true">{t('attention.more', { count: below })}</Small>}
    </Panel>
  );
}

/** How many lines of the list cannot be seen, or only in part. @param lines how many there are */
function useCountBelow(scroller: RefObject<HTMLDivElement>, lines: number): number {
  const [below, setBelow] = useState(0);
  useEffect(() => {
    const box = scroller.current;
    const list = box?.firstElementChild;
    if (lines === 0 || box == null || list == null) {
      setBelow(0);
      return undefined;
    }
    function count(): void {
      if (box == null || list == null) return;
      const end = box.getBoundingClientRect().bottom;
      // A pixel less, since positions are rounded.
      setBelow([...list.children].filter((line) => line.getBoundingClientRect().bottom > end + 1).length);
    }
    const observer = new ResizeObserver(count);
    observer.observe(box);
    observer.observe(list);
    box.addEventListener('scroll', count, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', count);
    };
  }, [scroller, lines]);
  return below;
}
