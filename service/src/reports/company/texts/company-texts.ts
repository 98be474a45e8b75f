// Lists the texts that the company page and the explainer need in a language.
import type { SurveyKind } from '@deskwright/shared';
import type { Change } from '../../../figures/changes.ts';
import type { CustomerSurvey } from '../../../surveys/index.ts';
import type { CompanyPeriod } from '../read-company-figures.ts';

export const COMPANY_LANGUAGES = ['en', 'es', 'fr', 'de'] as const;
export type CompanyLanguage = (typeof COMPANY_LANGUAGES)[number];

interface KindTexts {
  /** `NPS: would customers recommend us?` */
  readonly heading: string;
  /** How it is counted, with what is good. */
  readonly counted: string;
  /** Where question and scale come from. */
  readonly source: string;
}

/** Plain text throughout; templates escape it. */
export interface CompanyTexts {
  readonly language: CompanyLanguage;
  /** Of this language in itself. */
  readonly name: string;
  readonly title: string;
  readonly periods: Readonly<Record<CompanyPeriod, string>>;
  readonly periodsLabel: string;
  readonly languagesLabel: string;
  readonly answers: (n: string) => string;
  /** `95 % sure: between +3 and +37` */
  readonly interval: (low: string, high: string) => string;
  readonly response: (rate: string, answered: string, asked: string) => string;
  readonly tooFew: (least: number) => string;
  readonly nothing: string;
  readonly change: Readonly<Record<Change, string>>;
  readonly trend: string;
  /** Above the launches that are marked in the trends. */
  readonly launches: string;
  readonly columns: {
    readonly period: string;
    readonly score: string;
    readonly answers: string;
    readonly interval: string;
  };
  readonly drivers: string;
  readonly imported: (n: string, tool: string) => string;
  readonly otherTool: string;
  readonly footnote: (least: number) => string;
  readonly about: string;
  readonly back: string;
  readonly notices: Readonly<Record<'unknown' | 'revoked' | 'busy' | 'trouble', { title: string; text: string }>>;
  readonly kinds: Readonly<Record<CustomerSurvey, KindTexts>>;
  readonly classes: Readonly<Record<string, string>>;
  readonly explain: {
    readonly title: (company: string) => string;
    readonly intro: (company: string) => string;
    readonly question: string;
    readonly scale: (lowest: number, highest: number) => string;
    readonly asked: Readonly<Record<'solve' | 'campaign', (when: string) => string>> & { readonly atOnce: string };
    /** After which requests, by the names of their categories. */
    readonly requests: Readonly<Record<'about' | 'allBut', (categories: string) => string>> & { readonly none: string };
    readonly conditions: string;
    readonly sample: (share: string) => string;
    readonly remind: (after: string) => string;
    readonly open: (duration: string) => string;
    readonly businessHours: (hours: string) => string;
    readonly rulesTitle: string;
    readonly contact: (every: string) => string;
    readonly rest: (duration: string) => string;
    readonly unsubscribe: string;
    readonly readingTitle: string;
    readonly reading: readonly string[];
    readonly benchmarksTitle: string;
    readonly noBenchmarks: string;
    readonly benchmark: (text: string, source: string) => string;
    readonly caution: string;
    readonly madeFrom: (date: string) => string;
  };
}

/** Of surveys that customers answer. */
export type ExplainedKind = Exclude<SurveyKind, 'pulse'>;
