// Shows all that needs attention now, whatever the range.
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { AttentionGroup, AttentionList, groupByKind } from '../overview/attention-items.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Rows, SectionHead } from '../parts/section-layout.tsx';
import { texts } from '../texts.ts';
import { AtRisk } from './at-risk.tsx';

export function AttentionSection() {
  const { t } = useTexts(texts);
  const { attention, may } = useDashboard();
  const groups = groupByKind(attention);
  return (
    <>
      <SectionHead title={t('section.attention')} />
      <Rows>
        <Panel title={t('attention.title')}>
          {groups.length === 0 ? (
            <Nothing>{t('attention.nothing')}</Nothing>
          ) : (
            <AttentionList>
              {groups.map((group) => (
                <AttentionGroup key={group.kind} group={group} />
              ))}
            </AttentionList>
          )}
        </Panel>
        {may.openTickets ? <AtRisk /> : null}
      </Rows>
    </>
  );
}
