// Shows each queue: who waits, in which order it is answered, departments, and why agents skip tickets.
import type { QueueRow, Queues, Skips } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { type Only, searchOf } from '../data/address.ts';
import { useNow } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { Answered } from '../parts/answered.tsx';
import { CsvButton } from '../parts/csv-button.tsx';
import { FigureButton } from '../parts/figure-button.tsx';
import { FigureColumns } from '../parts/figure-columns.tsx';
import { FigureTable } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Rows, SectionHead } from '../parts/section-layout.tsx';
import { texts } from '../texts.ts';

export function QueuesSection() {
  const { t } = useTexts(texts);
  const { query } = useAddress().address;
  return (
    <>
      <SectionHead title={t('section.queues')}>
        <CsvButton section="queues" />
      </SectionHead>
      <Answered<Queues> path={`/api/dashboard/queues${searchOf(query)}`}>
        {({ tiers, departments, skips }) => (
          <Rows>
            <Panel title={t('queues.tiers')}>
              <Table
                name={t('tier')}
                rows={tiers.map((row) => (row.id === '' ? { ...row, name: t('no_tier') } : row))}
                onlyOf={(tier) => ({ tier })}
              />
            </Panel>
            <Panel title={t('queues.departments')}>
              {departments.length === 0 ? (
                <Nothing>{t('queues.no_departments')}</Nothing>
              ) : (
                <Table name={t('queues.department')} rows={departments} onlyOf={(department) => ({ department })} />
              )}
            </Panel>
            {skips === undefined ? null : (
              <Panel title={t('queues.skips')}>
                <SkipReasons skips={skips} />
              </Panel>
            )}
          </Rows>
        )}
      </Answered>
    </>
  );
}

interface TableProps {
  readonly name: string;
  readonly rows: readonly QueueRow[];
  /** The tickets of the row with this id. */
  readonly onlyOf: (id: string) => Only;
}

function Table({ name, rows, onlyOf }: TableProps) {
  const { t, format } = useTexts(texts);
  const now = useNow();
  return (
    <FigureColumns
      head={[name, t('figure.waiting.name'), t('figure.oldest_wait.name')]}
      rows={rows.map(({ waiting, oldest, ...row }) => ({
        ...row,
        only: onlyOf(row.id),
        cells: [
          <FigureButton key="waiting" figure="waiting" only={onlyOf(row.id)} about={row.name}>
            {format.number(waiting)}
          </FigureButton>,
          <FigureButton key="oldest" figure="oldest_wait" only={onlyOf(row.id)} about={row.name}>
            {oldest === null ? t('none') : format.duration(Math.max(0, now - Date.parse(oldest)))}
          </FigureButton>,
        ],
      }))}
    />
  );
}

function SkipReasons({ skips }: { readonly skips: Skips | null }) {
  const { t, format } = useTexts(texts);
  if (skips === null) return <Nothing>{t('queues.skips_unknown')}</Nothing>;
  if (skips.n === 0) return <Nothing>{t('queues.no_skips')}</Nothing>;
  return (
    <>
      <p>
        <FigureButton figure="overtake_rate" about={t('queues.skips')}>
          {t('queues.skipped', { count: skips.n })}
        </FigureButton>
      </p>
      {skips.reasons.length === 0 ? null : (
        <FigureTable>
          <thead>
            <tr>
              <th scope="col">{t('queues.reason')}</th>
              <th scope="col" className="end">
                {t('tickets')}
              </th>
            </tr>
          </thead>
          <tbody>
            {skips.reasons.map(({ reason, n }) => (
              <tr key={reason}>
                <th scope="row">{reason}</th>
                <td className="end">
                  <FigureButton figure="overtake_rate" about={`${t('queues.skips')}: ${reason}`}>
                    {format.number(n)}
                  </FigureButton>
                </td>
              </tr>
            ))}
          </tbody>
        </FigureTable>
      )}
    </>
  );
}
