// Lists the customers who may be lost, to those who may open tickets.
import type { AtRiskCustomers } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Answered } from '../parts/answered.tsx';
import { FigureTable, Scrolls, Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { TicketRef } from '../parts/ticket-ref.tsx';
import { texts } from '../texts.ts';

export function AtRisk() {
  const { t } = useTexts(texts);
  return (
    <Answered<AtRiskCustomers> path="/api/dashboard/at-risk">
      {({ n, customers }) => (
        <Panel title={t('at_risk.title', { count: n })}>
          <Small as="p">{t('at_risk.explain')}</Small>
          {customers.length === 0 ? <Nothing>{t('at_risk.nothing')}</Nothing> : <Customers customers={customers} />}
        </Panel>
      )}
    </Answered>
  );
}

function Customers({ customers }: Pick<AtRiskCustomers, 'customers'>) {
  const { t, format } = useTexts(texts);
  return (
    <Scrolls>
      <FigureTable>
        <thead>
          <tr>
            {(['customer', 'answer', 'when', 'why', 'follow_up'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`at_risk.head.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {customers.map(({ customerId, ticket, survey, score, outOf, at, badAnswers, wasGood, followUp }) => (
            <tr key={customerId}>
              <th scope="row">
                {ticket === null ? t('at_risk.customer', { id: customerId }) : <TicketRef ticket={ticket} />}
              </th>
              <td>{t('at_risk.score', { survey: survey.toUpperCase(), score, outOf })}</td>
              <td>{format.clock(at)}</td>
              <td>
                {t('at_risk.bad_answers', { count: badAnswers })}
                {wasGood ? ` · ${t('at_risk.was_content')}` : null}
              </td>
              <td>{t(`at_risk.state.${followUp}`)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Scrolls>
  );
}
