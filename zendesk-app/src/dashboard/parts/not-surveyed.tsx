// Lists why customers were not surveyed, by survey.
import { type NotSurveyed as Count, NOT_SURVEYED_REASONS } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { SubTitle } from '../../base/ui/text.tsx';
import { type DashboardTexts, texts } from '../texts.ts';
import { FigureTable, Scrolls } from './number.tsx';

/** Nothing where it is not told, and when everybody was surveyed. */
export function NotSurveyed({ counts = [] }: { readonly counts: readonly Count[] | undefined }) {
  const all = useTexts(texts);
  const { t, format } = all;
  if (counts.length === 0) return null;
  return (
    <>
      <SubTitle>{t('not_surveyed.title')}</SubTitle>
      <Scrolls>
        <FigureTable>
          <thead>
            <tr>
              <th scope="col">{t('queues.reason')}</th>
              <th scope="col">{t('not_surveyed.survey')}</th>
              <th scope="col">{t('not_surveyed.count')}</th>
            </tr>
          </thead>
          <tbody>
            {counts.map(({ survey, reason, n }) => (
              <tr key={`${survey} ${reason}`}>
                <th scope="row">{reasonText(all, reason)}</th>
                <td>{survey.toUpperCase()}</td>
                <td>{format.number(n)}</td>
              </tr>
            ))}
          </tbody>
        </FigureTable>
      </Scrolls>
    </>
  );
}

/** A reason of a newer service keeps its name. */
function reasonText({ t }: DashboardTexts, reason: string): string {
  const known = NOT_SURVEYED_REASONS.find((one) => one === reason);
  return known === undefined ? reason : t(`not_surveyed.reason.${known}`);
}
