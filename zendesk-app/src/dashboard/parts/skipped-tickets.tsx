// Lists the tickets that agents skipped in guided mode, with their reasons.
import type { SkippedTicket } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { SubTitle } from '../../base/ui/text.tsx';
import { texts } from '../texts.ts';
import { FigureTable, Scrolls } from './number.tsx';
import { TicketRef } from './ticket-ref.tsx';

/** Nothing for those who are not told, and without any. */
export function SkippedTickets({ skips = [] }: { readonly skips: readonly SkippedTicket[] | undefined }) {
  const { t, format } = useTexts(texts);
  if (skips.length === 0) return null;
  return (
    <>
      <SubTitle>{t('queues.skips')}</SubTitle>
      <Scrolls>
        <FigureTable>
          <thead>
            <tr>
              <th scope="col">{t('ticket')}</th>
              <th scope="col">{t('when')}</th>
              <th scope="col">{t('team.agent')}</th>
              <th scope="col">{t('queues.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {skips.map(({ ticket, at, agent, reason }) => (
              <tr key={`${ticket.id} ${at}`}>
                <th scope="row">
                  <TicketRef ticket={ticket} />
                </th>
                <td>{format.clock(at)}</td>
                <td>{agent ?? t('none')}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </FigureTable>
      </Scrolls>
    </>
  );
}
