// Renders the company page, the explainer beside it, and their notices.
import type { Policy } from '@deskwright/shared';
import { createTemplates } from '../../platform/text-files/create-templates.ts';
import {
  brandStyle,
  driverName,
  driversFor,
  formatDay,
  nameOfSource,
  SURVEY_PAGE_STYLE,
  textsFor,
} from '../../surveys/index.ts';
import { drawTrend } from './draw-trend.ts';
import type { Explanation } from './explain-surveys.ts';
import {
  COMPANY_PERIODS,
  type CompanyFigures,
  type CompanyPeriod,
  type CompanySurvey,
  SMALL_BELOW,
  type TrendPoint,
} from './read-company-figures.ts';
import { COMPANY_LANGUAGES, type CompanyLanguage, type CompanyTexts } from './texts/company-texts.ts';
import { companyTexts } from './texts/texts-in.ts';

export type CompanyPolicy = Pick<Policy, 'company' | 'surveys' | 'time_zone'>;

const renderTemplate = createTemplates('reports/company/templates');

/** In the order of the page; the Content-Security-Policy allows exactly these. */
export const stylesOf = ({ surveys }: CompanyPolicy): string[] =>
  [SURVEY_PAGE_STYLE, brandStyle(surveys.page?.color), COMPANY_STYLE].filter((style) => style !== '');

function render(template: string, policy: CompanyPolicy, texts: CompanyTexts, values: { title: string }): string {
  const { company, surveys } = policy;
  const shell = { company: surveys.page?.brand ?? company, logo: surveys.page?.logo ?? '', styles: stylesOf(policy) };
  return renderTemplate(template, { texts, ...shell, ...values });
}

export function companyPage(policy: CompanyPolicy, figures: CompanyFigures, language: CompanyLanguage): string {
  const texts = companyTexts(language);
  const { over, period } = figures;
  const day = (moment: number): string => formatDay(new Date(moment), language, policy.time_zone);
  return render('company', policy, texts, {
    title: texts.title,
    period: `${texts.periods[over]}: ${day(period.from)} – ${day(period.to - 1)}`,
    periods: COMPANY_PERIODS.map((one) => ({
      href: address(one, language),
      name: texts.periods[one],
      here: one === over,
    })),
    surveys: figures.surveys.map((survey) => ({
      ...valuesOf(survey, texts, policy, { marks: figures.marks, end: period.to }),
      trend: survey.trend.map((point) => row(survey, point)),
    })),
    marks: figures.marks.map(({ at, text }) => ({ day: day(at), text })),
    tooFew: texts.tooFew(SMALL_BELOW),
    footnote: texts.footnote(SMALL_BELOW),
    about: `?about&over=${over}&lang=${language}`,
    languages: languages((one) => address(over, one), language),
  } as { title: string });

  function row({ survey }: CompanySurvey, { from, score }: TrendPoint) {
    return {
      from: day(from),
      score: score === null ? '–' : writeScore(survey, score.score, language),
      answers: score === null ? '' : number(score.n, language),
      interval: score?.interval ? score.interval.map((end) => writeScore(survey, end, language)).join(' – ') : '',
    };
  }
}

export function aboutPage(policy: CompanyPolicy, explanation: Explanation, over: CompanyPeriod): string {
  const { language, title } = explanation;
  return render('about', policy, companyTexts(language), {
    title,
    explanation,
    back: address(over, language),
    languages: languages((one) => `?about&over=${over}&lang=${one}`, language),
  } as { title: string });
}

export function companyNotice(
  policy: CompanyPolicy,
  name: keyof CompanyTexts['notices'],
  language: CompanyLanguage,
): string {
  const texts = companyTexts(language);
  return render('notice', policy, texts, texts.notices[name]);
}

const address = (over: CompanyPeriod, language: CompanyLanguage): string => `?over=${over}&lang=${language}`;

const languages = (hrefOf: (language: CompanyLanguage) => string, language: CompanyLanguage) =>
  COMPANY_LANGUAGES.map((one) => ({
    language: one,
    href: hrefOf(one),
    name: companyTexts(one).name,
    here: one === language,
  }));

function valuesOf(
  figures: CompanySurvey,
  texts: CompanyTexts,
  { surveys }: CompanyPolicy,
  launches: Parameters<typeof drawTrend>[2],
) {
  const { survey, score, change, response, trend, drivers, imported } = figures;
  const { language } = texts;
  const names = new Map(driversFor(textsFor(language, surveys.page), surveys.page).map(({ id, name }) => [id, name]));
  const [low, high] = (score?.interval ?? []).map((end) => writeScore(survey, end, language));
  return {
    id: survey,
    heading: texts.kinds[survey].heading,
    score: score === null ? '' : writeScore(survey, score.score, language),
    answers: score === null ? '' : texts.answers(number(score.n, language)),
    interval: low === undefined || high === undefined ? '' : texts.interval(low, high),
    change: texts.change[change],
    response:
      response?.rate == null
        ? ''
        : texts.response(
            share(response.rate, language),
            number(response.answered, language),
            number(response.asked, language),
          ),
    imported: imported.map(({ source, n }) =>
      texts.imported(number(n, language), source === 'other' ? texts.otherTool : nameOfSource(source)),
    ),
    hasTrend: trend.some((point) => point.score !== null),
    chart: drawTrend(survey, trend, launches),
    drivers: drivers.map((driver) => ({
      name: names.get(driver.driver) ?? driverName({ surveys }, driver.driver),
      share: share(driver.share, language),
    })),
  };
}

function writeScore(survey: CompanySurvey['survey'], value: number | null, language: string): string {
  if (value === null) return '';
  if (survey !== 'nps') return share(value, language);
  return new Intl.NumberFormat(language, { signDisplay: 'exceptZero', maximumFractionDigits: 0 }).format(value);
}

const share = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(value);

const number = (value: number, language: string): string => new Intl.NumberFormat(language).format(value);

/** Colours are those of the survey page, in light and dark mode. */
const COMPANY_STYLE = `nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.75rem 0 0;padding:0;list-style:none}
main a{color:var(--accent)}
nav a{display:inline-block;padding:.375rem 0}
nav a[aria-current]{color:var(--ink);font-weight:650;text-decoration:none}
a:focus-visible,.scrolls:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
section{margin-top:2rem;padding-top:1.5rem;border-top:1px solid var(--line)}
h2{margin:0;font-size:1.2rem;line-height:1.3}
h3{margin:1.25rem 0 0;font-size:1rem}
.big{margin:.5rem 0 0;font-size:2.5rem;line-height:1.1;font-weight:650;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;height:auto;margin-top:.5rem}
svg .rule{stroke:var(--line)}
svg .line{fill:none;stroke:var(--accent);stroke-width:2}
svg .sure{stroke:var(--edge);stroke-width:2}
svg .mark{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 4}
svg .point{fill:var(--accent)}
.scrolls{overflow-x:auto}
table{width:100%;margin-top:.5rem;border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.375rem .5rem .375rem 0;border-bottom:1px solid var(--line);text-align:start;font-weight:400}
thead th{color:var(--soft)}
.reasons{margin:.5rem 0 0;padding:0;list-style:none}
.reasons li{display:flex;justify-content:space-between;gap:1rem;padding:.25rem 0;border-bottom:1px solid var(--line)}
section>ul{margin:.5rem 0 0;padding-inline-start:1.25rem}
footer{margin-top:2rem}`;
