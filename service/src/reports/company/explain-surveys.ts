// Explains what the survey scores mean and how they are counted, from the policy in force, also as an article for a help centre.
import { type Policy, parseDuration, SURVEY_KINDS } from '@deskwright/shared';
import { encode } from 'html-entities';
import { CUSTOMER_SURVEYS, formatDay, textsFor } from '../../surveys/index.ts';
import type { CompanyLanguage, CompanyTexts, ExplainedKind } from './texts/company-texts.ts';
import { companyTexts } from './texts/texts-in.ts';

export interface Explanation {
  readonly language: CompanyLanguage;
  readonly title: string;
  readonly intro: string;
  readonly sections: readonly { readonly heading: string; readonly items: readonly string[] }[];
  readonly foot: string;
}

type ExplainedPolicy = Pick<Policy, 'company' | 'surveys' | 'goals' | 'time_zone' | 'categories' | 'default_survey'>;

/** Figures of goals that are about surveys. */
const SURVEY_GOALS: readonly string[] = ['csat', 'csat_mean', 'ces', 'ces_mean', 'response_rate'];

/** Explains what the survey scores mean and how they are counted, from the policy in force. */
export function explainSurveys(policy: ExplainedPolicy, language: CompanyLanguage, now: Date): Explanation {
  const texts = companyTexts(language);
  const { explain } = texts;
  const { surveys } = policy;
  const company = surveys.page?.brand ?? policy.company;
  const duration = (text: string): string => writeDuration(text, texts);
  const kinds = CUSTOMER_SURVEYS.filter((kind) => surveys[kind] !== undefined);
  const rules = [
    ...(isZero(surveys.contact_at_most_every) ? [] : [explain.contact(duration(surveys.contact_at_most_every))]),
    ...(isZero(surveys.rest_for_new_customers) ? [] : [explain.rest(duration(surveys.rest_for_new_customers))]),
    explain.unsubscribe,
  ];
  return {
    language,
    title: explain.title(company),
    intro: explain.intro(company),
    sections: [
      ...kinds.map((kind) => explainKind(kind, policy, texts)),
      ...(kinds.length === 0 ? [{ heading: texts.nothing, items: [] }] : []),
      { heading: explain.rulesTitle, items: rules },
      { heading: explain.readingTitle, items: explain.reading },
      { heading: explain.benchmarksTitle, items: [...benchmarks(policy, texts), explain.caution] },
    ],
    foot: explain.madeFrom(formatDay(now, language, policy.time_zone)),
  };
}

function explainKind(kind: ExplainedKind, policy: ExplainedPolicy, texts: CompanyTexts) {
  const { company, surveys } = policy;
  const { explain } = texts;
  const asked = textsFor(texts.language, surveys.page).scales[kind];
  const { lowest, highest, classes } = SURVEY_KINDS[kind];
  const ranges = classes.map(({ name, from }, at) => {
    const to = (classes[at + 1]?.from ?? highest + 1) - 1;
    return `${from === to ? from : `${from}–${to}`} ${texts.classes[name] ?? name}`;
  });
  const question = [asked.lead, asked.question(surveys.page?.brand ?? company)].filter((text) => text !== '').join(' ');
  const duration = (text: string): string => writeDuration(text, texts);
  const survey = surveys[kind];
  return {
    heading: texts.kinds[kind].heading,
    items: [
      `${explain.question}: ${question}`,
      `${explain.scale(lowest, highest)} (${ranges.join(', ')}).`,
      texts.kinds[kind].counted,
      ...(survey === undefined
        ? []
        : [
            ...('delay' in survey
              ? explainSolveSurvey(kind, survey.delay, policy, texts)
              : [explain.asked.campaign(duration(survey.every))]),
            ...(survey.conditions === undefined ? [] : [explain.conditions]),
            ...('sample' in survey && survey.sample !== undefined && survey.sample !== '100%'
              ? [explain.sample(survey.sample)]
              : []),
            ...(survey.remind_after === undefined ? [] : [explain.remind(duration(survey.remind_after))]),
            explain.open(duration(survey.expires)),
          ]),
      `${texts.kinds[kind].source}.`,
    ],
  };
}

/** After which requests, and how long after. */
function explainSolveSurvey(
  kind: ExplainedKind,
  delay: string,
  policy: ExplainedPolicy,
  texts: CompanyTexts,
): string[] {
  const { explain, language } = texts;
  const { categories, default_survey: usual } = policy;
  const asked = categories.filter(({ survey = usual }) => survey === kind);
  const others = categories.filter((category) => !asked.includes(category));
  if (asked.length === 0) return [explain.requests.none];
  const list = (some: typeof categories): string =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(some.map(({ name }) => name));
  const about =
    others.length === 0
      ? []
      : [asked.length <= others.length ? explain.requests.about(list(asked)) : explain.requests.allBut(list(others))];
  return [isZero(delay) ? explain.asked.atOnce : explain.asked.solve(writeDuration(delay, texts)), ...about];
}

function benchmarks({ goals, surveys }: ExplainedPolicy, { explain }: CompanyTexts): string[] {
  const ofGoals = goals.flatMap(({ figure, benchmark }) => (SURVEY_GOALS.includes(figure) ? (benchmark ?? []) : []));
  const known = [...ofGoals, ...(surveys.nps?.benchmark ? [surveys.nps.benchmark] : [])];
  return known.length === 0 ? [explain.noBenchmarks] : known.map(({ text, source }) => explain.benchmark(text, source));
}

const isZero = (duration: string): boolean => parseDuration(duration).amount === 0;

const UNITS = { m: 'minute', h: 'hour', d: 'day', bh: 'hour' } as const;

/** `8bh` as `8 hours of business time`. */
function writeDuration(text: string, { language, explain }: CompanyTexts): string {
  const { amount, unit } = parseDuration(text);
  const style = { style: 'unit', unit: UNITS[unit], unitDisplay: 'long' } as const;
  const written = new Intl.NumberFormat(language, style).format(amount);
  return unit === 'bh' ? explain.businessHours(written) : written;
}

export const EXPLANATION_FORMATS = ['md', 'html'] as const;

/** HTML is the body of an article, as the editor of Zendesk Guide takes it: no page around it, the title as its first heading. */
export function writeExplanation(explanation: Explanation, format: (typeof EXPLANATION_FORMATS)[number]): string {
  const { title, intro, sections, foot } = explanation;
  if (format === 'md')
    return [
      `# ${plain(title)}`,
      plain(intro),
      ...sections.flatMap(({ heading, items }) => [
        `## ${plain(heading)}`,
        ...(items.length === 0 ? [] : [items.map((item) => `- ${plain(item)}`).join('\n')]),
      ]),
      `_${plain(foot)}_`,
      '',
    ].join('\n\n');
  return [
    `<h1>${encode(title)}</h1>`,
    `<p>${encode(intro)}</p>`,
    ...sections.flatMap(({ heading, items }) => [
      `<h2>${encode(heading)}</h2>`,
      ...(items.length === 0 ? [] : [`<ul>${items.map((item) => `<li>${encode(item)}</li>`).join('')}</ul>`]),
    ]),
    `<p>${encode(foot)}</p>`,
    '',
  ].join('\n');
}

/** What Markdown would read as something else (CommonMark, "Backslash escapes"). */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`);
