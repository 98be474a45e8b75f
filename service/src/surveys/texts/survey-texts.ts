// Lists the texts a language needs.
import { type DEFAULT_DRIVERS, SURVEY_KINDS, type SurveyKind } from '@deskwright/shared';

type DefaultDriver = (typeof DEFAULT_DRIVERS)[number];

export interface ScaleTexts {
  /** Printed before the question; may be empty. */
  lead: string;
  /** The question or statement the customer answers. */
  question: (company: string) => string;
  /** One label per score, lowest first; empty where a score has none. */
  labels: readonly string[];
  /** Subject line of the mail. */
  subject: (company: string) => string;
  /** Why the mail comes; `request` is empty for a survey about no ticket. Left out: `mail.intro` says it. */
  intro?: (company: string, request: string) => string;
  /** The follow-up questions of this kind alone, by the class of the score. */
  followUp?: Partial<SurveyTexts['form']['followUp']>;
  /** In place of `thanks.lead`. */
  thanks?: (company: string) => string;
}

/** Plain text throughout; templates escape it. */
export interface SurveyTexts {
  /** BCP 47. */
  language: string;
  scales: Readonly<Record<SurveyKind, ScaleTexts>>;
  /** Of the drivers that are asked about unless the policy names others. */
  drivers: Readonly<Record<DefaultDriver, string>>;
  greeting: (name: string) => string;
  request: (ticketId: number) => string;
  mail: {
    intro: (company: string, request: string) => string;
    how: string;
    expires: (date: string) => string;
    unsubscribe: string;
    unsubscribeWhy: (company: string) => string;
    scoreLink: (score: number, label: string) => string;
  };
  form: {
    title: string;
    about: (request: string) => string;
    /** Stands in for the follow-up question until a score is chosen. */
    comment: string;
    /** The follow-up question, by the class of the score. */
    followUp: Readonly<Record<'low' | 'middle' | 'high', string>>;
    drivers: string;
    mayContact: (company: string) => string;
    saved: string;
    optional: string;
    commentHint: (limit: number) => string;
    privacy: (company: string) => string;
    send: string;
    errorTitle: string;
    errorPrefix: string;
    scoreMissing: string;
    commentTooLong: (length: number, limit: number) => string;
    changing: (answer: string) => string;
    change: string;
  };
  thanks: {
    title: string;
    lead: (company: string) => string;
    yourAnswer: string;
    yourComment: string;
    openUntil: (date: string) => string;
    change: string;
  };
  /** Of the survey that is anonymous. */
  pulse: {
    /** The button in the mail, which has no links with scores. */
    open: string;
    how: string;
    expires: (date: string) => string;
    unsubscribeWhy: (company: string) => string;
    /** Beside the button that sends the answer. */
    promise: string;
    /** Asks for the number of the answer where the page saw nobody use it. */
    confirm: { title: string; text: string; again: (score: number) => string; mismatch: string };
    thanks: Notice;
    /** The link was used before. */
    answered: Notice;
  };
  /** Of the ticket on which somebody speaks to a customer who is not content. */
  followUp: {
    subject: (company: string) => string;
  };
  /** The mail to a promoter. */
  thankYou: {
    subject: (company: string) => string;
    /** `agent`: who helped the customer last; empty: unknown. */
    text: (company: string, agent: string) => string;
    /** On the button, where the policy has a link. */
    link: string;
  };
  closed: {
    expired: Notice;
    expiredAnswered: Notice;
    unknown: Notice;
    cancelled: Notice;
    busy: Notice;
    /** The page holds what was sent, behind a button to send it again. */
    busySending: Notice;
    tooLarge: Notice;
    trouble: Notice;
  };
  unsubscribe: {
    ask: Notice;
    confirm: string;
    done: Notice;
    undo: string;
    /** Confirms `undo`. */
    askAgain: Notice;
    undone: Notice;
  };
}

export interface Notice {
  title: string;
  text: (company: string) => string;
}

/** What stands beside a score; empty where the scale names its ends only. */
export function scoreLabel({ scales }: Pick<SurveyTexts, 'scales'>, survey: SurveyKind, score: number): string {
  return scales[survey].labels[score - SURVEY_KINDS[survey].lowest] ?? '';
}
