// Shows what a number counts, how it was computed, and the tickets behind it.
import type { FigureTickets } from '@deskwright/shared/contract';
import { useEffect, useId, useRef, useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { describeRefusal } from '../../base/service/service-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Row, Stack, SubTitle } from '../../base/ui/text.tsx';
import { type Opened, queryOf, searchOf } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { figureOf, useDashboard } from '../data/use-dashboard.tsx';
import { marksOf, writeValue } from '../format/figure-format.ts';
import { channelName } from '../format/labels.ts';
import { texts } from '../texts.ts';
import { CsvButton } from './csv-button.tsx';
import { FigureDefinition } from './figure-definition.tsx';
import { NotSurveyed } from './not-surveyed.tsx';
import { FigureTable, Scrolls, Small } from './number.tsx';
import { SkippedTickets } from './skipped-tickets.tsx';
import { TicketRef } from './ticket-ref.tsx';

const Dialog = styled.dialog`
  inline-size: min(640px, 100%);
  max-inline-size: 100%;
  block-size: 100%;
  max-block-size: 100%;
  margin: 0;
  margin-inline-start: auto;
  padding: 16px 20px;
  border: 0;
  border-inline-start: 1px solid ${color('border.default')};
  background: ${color('background.raised')};
  color: ${color('foreground.default')};
  overflow-y: auto;
  &::backdrop { background: rgb(0 0 0 / 40%); }
`;

const Title = styled.h2`
  font-size: ${({ theme }) => theme.fontSizes.lg};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

/** Nothing while no figure is open. Closed by its button, by Escape and by the back button. */
export function FigureDialog() {
  const { address, go } = useAddress();
  const { open } = address;
  return open === null ? null : (
    <OpenFigure key={JSON.stringify(open)} open={open} onClose={() => go({ open: null })} />
  );
}

interface OpenFigureProps {
  readonly open: Opened;
  readonly onClose: () => void;
}

function OpenFigure({ open, onClose }: OpenFigureProps) {
  const all = useTexts(texts);
  const { t } = all;
  const { locale } = usePage();
  const { figures, may } = useDashboard();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { figure, about } = open;
  const name = t(`figure.${figure}.name`);
  const isWhole = Object.keys(open.only).length === 0;
  const value = isWhole ? figureOf(figures, figure) : undefined;
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <Dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <Stack $gap={12}>
        <Row style={{ justifyContent: 'space-between' }}>
          <Title id={id}>{about === undefined ? name : t('named', { name, about })}</Title>
          <ActionButton onClick={() => dialog.current?.close()}>{t('close')}</ActionButton>
        </Row>
        <FigureDefinition figure={figure} />
        {value === undefined ? null : (
          <Small as="p">
            {writeValue(all, locale, value.unit, value.value)} · {t('from_n', { count: value.n })}
            {marksOf(all, value).map((mark) => ` · ${mark}`)}
          </Small>
        )}
        {open.only.tickets === '0' ? (
          <Small as="p">{t('no_tickets')}</Small>
        ) : may.openTickets ? (
          <Tickets figure={figure} only={open.only} />
        ) : null}
      </Stack>
    </Dialog>
  );
}

function Tickets({ figure, only }: Pick<Opened, 'figure' | 'only'>) {
  const all = useTexts(texts);
  const { t, format } = all;
  const { locale } = usePage();
  const { choices } = useDashboard();
  const { query } = useAddress().address;
  const [page, setPage] = useState(1);
  const asked = queryOf(query, only);
  const search = searchOf(asked, { figure, ...(page === 1 ? {} : { page: String(page) }) });
  const { answer } = useAnswer<FigureTickets>(`/api/dashboard/tickets${search}`);
  const nameIn = (list: readonly { id: string; name: string }[], id: string | null): string =>
    list.find((one) => one.id === id)?.name ?? id ?? t('none');
  if (answer === null) return <p role="status">{t('tickets_loading')}</p>;
  if (!answer.ok) {
    return (
      <Note kind="danger" live>
        {describeRefusal(all, answer.refusal)}
      </Note>
    );
  }
  const { tickets, unit, total, pages, skips, notSurveyed, raw } = answer.value;
  const columns = [
    'ticket',
    'when',
    'value',
    ...(raw ? (['raw'] as const) : []),
    'tier',
    'category',
    'channel',
  ] as const;
  return (
    <div>
      <Row style={{ justifyContent: 'space-between' }}>
        <SubTitle>{t('tickets_behind', { count: total })}</SubTitle>
        <CsvButton section="tickets" asked={asked} more={{ figure }} />
      </Row>
      {raw === undefined ? null : (
        <Small as="p">
          {t('raw_scores', {
            count: raw.n,
            value: writeValue(all, locale, figure.endsWith('_mean') ? 'score' : 'share', raw.value),
          })}
        </Small>
      )}
      <Scrolls>
        <FigureTable>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tickets.map((row) => (
              <tr key={`${row.ticket.id} ${row.at}`}>
                <th scope="row">
                  <TicketRef ticket={row.ticket} />
                </th>
                <td>{format.clock(row.at)}</td>
                <td>{writeValue(all, locale, unit, row.value)}</td>
                {raw ? <td>{writeValue(all, locale, unit, row.raw ?? null)}</td> : null}
                <td>{nameIn(choices.tiers, row.tier)}</td>
                <td>{nameIn(choices.categories, row.category)}</td>
                <td>{row.channel === null ? t('none') : channelName(all, row.channel)}</td>
              </tr>
            ))}
          </tbody>
        </FigureTable>
      </Scrolls>
      {pages < 2 ? null : (
        <Row as="nav" aria-label={t('pages')}>
          <ActionButton disabled={page === 1} onClick={() => setPage(page - 1)}>
            {t('page_before')}
          </ActionButton>
          <span>{t('page_of', { page: format.number(page), pages: format.number(pages) })}</span>
          <ActionButton disabled={page >= pages} onClick={() => setPage(page + 1)}>
            {t('page_after')}
          </ActionButton>
        </Row>
      )}
      <SkippedTickets skips={skips} />
      <NotSurveyed counts={notSurveyed} />
    </div>
  );
}
