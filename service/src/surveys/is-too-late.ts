// Decides whether it is too late to send a survey.

const MAX_LATENESS_MS = 3 * 24 * 3_600_000;

/**
 * More than three days after it was due. The first import of an account finds tickets solved months ago, and a service
 * that was down for a week finds a pile: nobody wants a mail about those.
 */
export function isTooLate(dueAt: Date, now: Date): boolean {
  return now.getTime() - dueAt.getTime() > MAX_LATENESS_MS;
}
