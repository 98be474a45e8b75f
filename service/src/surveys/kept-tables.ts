// Says how long each table of surveys is kept.

export const SURVEY_TABLES = {
  invitations: { keptFor: 'surveys' },
  responses: { keptFor: 'surveys' },
  survey_openings: { keptFor: 'surveys' },
  survey_submissions: { keptFor: 'surveys' },
  survey_choices: { keptFor: 'surveys' },
  imported_answers: { keptFor: 'surveys' },
  answer_imports: { staysBecause: 'says who imported answers from which tool and when; it names no customer' },
  told_answers: { keptFor: 'surveys' },
  campaigns: { staysBecause: 'says who let customers be asked, when and why; it names no customer' },
  survey_switches: {
    staysBecause: 'says who stopped, paused or resumed surveys, when and why; it names no customer',
  },
  pulse_rounds: { keptFor: 'surveys' },
  pulse_answers: { keptFor: 'surveys' },
  pulse_comments: { keptFor: 'surveys' },
  follow_ups: { keptFor: 'surveys' },
  follow_up_answers: { keptFor: 'surveys' },
  thank_yous: { keptFor: 'surveys' },
  zendesk_surveys: { keptFor: 'surveys' },
  unsubscribed: { staysBecause: 'who unsubscribed is never written to again' },
} as const;
