// Decides whether it is too late to send a survey.

const MAX_LATENESS_MS = 3 * 24 * 3_600_000;

/**
 * More than three days after it was due. The first import of an account finds tickets that were solved months ago, and a service that
 * was down for a week has a backlog: customers do not want mails about those.
 */
export function isTooLate(dueAt: Date, now: Date): boolean {
  return now.getTime() - dueAt.getTime() > MAX_LATENESS_MS;
}
