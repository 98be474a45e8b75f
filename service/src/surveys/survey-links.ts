// Builds the links of a survey mail.

export interface SurveyLinks {
  page: string;
  /** The page with an answer preselected; opening it records nothing. */
  score: (score: number) => string;
  unsubscribe: string;
}

/** `publicUrl` may have a path (`https://example.com/support`). */
export function surveyLinks(publicUrl: string, token: string): SurveyLinks {
  const base = publicUrl.replace(/\/+$/, '');
  const page = `${base}/s/${token}`;
  return { page, score: (score) => `${page}?score=${score}`, unsubscribe: `${base}/u/${token}` };
}
