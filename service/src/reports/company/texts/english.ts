// The English texts of the company page and the explainer.
import type { CompanyTexts } from './company-texts.ts';

export const ENGLISH: CompanyTexts = {
  language: 'en',
  name: 'English',
  title: 'What customers say',
  periods: { week: 'Week', month: 'Month', quarter: 'Quarter' },
  periodsLabel: 'Period',
  languagesLabel: 'Language',
  answers: (n) => `Answers: ${n}`,
  interval: (low, high) => `95% interval: ${low} to ${high}`,
  response: (rate, answered, asked) => `Response rate: ${rate} (${answered} of ${asked})`,
  tooFew: (least) =>
    `Fewer than ${least} answers, here or in what is left beside other periods: nothing is shown, so that nobody can be recognised.`,
  nothing: 'No survey is asked yet.',
  change: {
    up: 'Really higher than in the period before.',
    down: 'Really lower than in the period before.',
    same: 'As in the period before.',
    unclear:
      'Whether it differs from the period before cannot be told: chance alone may explain it, or there are too few answers.',
  },
  trend: 'Trend',
  launches: 'What happened',
  columns: { period: 'From', score: 'Score', answers: 'Answers', interval: '95% interval' },
  drivers: 'Reasons that customers name',
  imported: (n, tool) => `Imported from ${tool}: ${n}; they are in no response rate.`,
  otherTool: 'another tool',
  footnote: (least) =>
    `No names, tickets or comments. What fewer than ${least} customers said is left out, and whatever would tell it by a difference.`,
  about: 'What these scores mean',
  back: 'Back to the scores',
  notices: {
    unknown: { title: 'There is nothing here', text: 'Check the address.' },
    revoked: { title: 'This link was revoked', text: 'Ask an admin of your help desk for a new one.' },
    busy: { title: 'Too many requests', text: 'Reload the page in a minute.' },
    trouble: { title: 'The page has a problem', text: 'The problem is on our side. Reload the page in a moment.' },
  },
  kinds: {
    nps: {
      heading: 'NPS: would customers recommend us?',
      counted: 'Share of promoters less share of detractors, times 100: from −100 to +100.',
      source: 'Reichheld, “The One Number You Need to Grow”, Harvard Business Review, 2003',
    },
    csat: {
      heading: 'CSAT: how happy are customers with the help?',
      counted: 'Share of answers of 4 and 5.',
      source: 'Top two boxes, as common for satisfaction',
    },
    ces: {
      heading: 'CES: how easy is it to get help?',
      counted: 'Share of answers of 5, 6 and 7.',
      source: 'Dixon, Toman and DeLisi, “The Effortless Experience”, 2013 (CES 2.0)',
    },
  },
  classes: {
    promoter: 'promoters',
    passive: 'passives',
    detractor: 'detractors',
    happy: 'happy',
    neutral: 'neutral',
    unhappy: 'unhappy',
    easy: 'easy',
    hard: 'hard',
  },
  explain: {
    title: (company) => `What the survey scores of ${company} mean`,
    intro: (company) =>
      `For everybody who works at ${company}: what customers are asked, and how their answers are counted.`,
    question: 'Question',
    scale: (lowest, highest) => `Scale: ${lowest} to ${highest}`,
    asked: {
      atOnce: 'Customers are asked as soon as their request was solved.',
      solve: (when) => `Customers are asked ${when} after their request was solved.`,
      campaign: (when) => `Each customer is asked at most once in ${when}, whether they wrote to us or not.`,
    },
    requests: {
      about: (categories) => `Only after requests about: ${categories}.`,
      allBut: (categories) => `After all requests but those about: ${categories}.`,
      none: 'No kind of request is followed by it now.',
    },
    conditions: 'Of these customers, only those who meet the conditions in the settings are asked.',
    sample: (share) => `${share} of the customers are asked; who is in the sample stays in it.`,
    remind: (after) => `Whoever has not answered is reminded once, after ${after}.`,
    open: (duration) => `Answers can be given and changed for ${duration}.`,
    businessHours: (hours) => `${hours} of business time`,
    rulesTitle: 'How often customers are asked',
    contact: (every) => `Nobody is asked more often than once in ${every}, all surveys together.`,
    rest: (duration) => `New customers are left in peace for ${duration} after their first request.`,
    unsubscribe: 'Whoever unsubscribes is never asked again.',
    readingTitle: 'How to read a score',
    reading: [
      'A score is an estimate from those who answered. The 95% interval says how sure it is: the fewer answers, the wider.',
      'With fewer than 30 answers nothing is judged. A change is called real if chance alone produces one as large in fewer than one of twenty cases.',
      'The response rate is the share of delivered surveys that were answered. Where it is low, those who answered may differ from those who did not.',
      'Answers that programs checking mail have sent do not count.',
    ],
    benchmarksTitle: 'What others reach',
    noBenchmarks: 'No benchmark is set in the policy (“benchmark” of a goal or of NPS).',
    benchmark: (text, source) => `${text} (${source})`,
    caution:
      'Scores of other companies depend on their question, scale, channel and customers. Compare with yourself first.',
    madeFrom: (date) => `Made from the settings in force on ${date}.`,
  },
};
