// Shows figures of single agents, to those who may see them; everybody sees their own.
import type { Team } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Note } from '../../base/ui/note.tsx';
import { searchOf } from '../data/address.ts';
import { useAddress } from '../data/use-address.tsx';
import { Answered } from '../parts/answered.tsx';
import { CsvButton } from '../parts/csv-button.tsx';
import { FigureColumns } from '../parts/figure-columns.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Rows, SectionHead } from '../parts/section-layout.tsx';
import { texts } from '../texts.ts';

export function TeamSection() {
  const { t } = useTexts(texts);
  const { query } = useAddress().address;
  return (
    <>
      <SectionHead title={t('section.team')}>
        <CsvButton section="team" />
      </SectionHead>
      <Answered<Team> path={`/api/dashboard/team${searchOf(query)}`}>
        {({ agents, onlyYou }) => (
          <Rows>
            {onlyYou ? <Note kind="info">{t('team.only_you')}</Note> : null}
            <Panel title={t('team.agents')}>
              {agents.length === 0 ? (
                <Nothing>{t('team.nothing')}</Nothing>
              ) : (
                <FigureColumns
                  head={[t('team.agent')]}
                  rows={agents.map(({ agentId, name, isYou, figures }) => ({
                    id: String(agentId),
                    name: isYou ? t('team.you', { name }) : name,
                    figures,
                    only: { agent: String(agentId) },
                  }))}
                />
              )}
            </Panel>
          </Rows>
        )}
      </Answered>
    </>
  );
}
