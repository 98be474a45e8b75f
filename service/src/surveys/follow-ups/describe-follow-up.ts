// Words a follow-up for agents, always in English like all notes.
import { classOfScore, SURVEY_KINDS, type SurveyKind } from '@deskwright/shared';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { driversFor, formatDay, textsFor } from '../texts/texts-for.ts';

/** An answer of a follow-up. All parts of the answer are null when it no longer counts. */
export interface FollowedAnswer {
  /** Of the invitation. */
  readonly id: number;
  readonly survey: SurveyKind;
  readonly ticketId: number | null;
  /** Under which the customer was asked, by the name in Zendesk; null: under none of the policy's. */
  readonly brand: string | null;
  readonly score: number | null;
  readonly comment: string | null;
  readonly drivers: readonly string[] | null;
  readonly mayContact: boolean | null;
  readonly revision: number | null;
  /** The revision that the follow-up's ticket tells of; null: none yet. */
  readonly shown: number | null;
}

type Words = Pick<SurveyPolicy, 'time_zone' | 'surveys'>;

/** The first comment of the ticket. `again`: the note of a further bad answer, after somebody had reached the customer. */
export function describeFollowUp(
  answers: readonly FollowedAnswer[],
  dueAt: Date,
  policy: Words,
  which: 'first' | 'again' = 'first',
): string {
  const due = formatDue(dueAt, policy);
  return [
    ...(which === 'again' ? ['The customer is unhappy again, after somebody had reached them.'] : []),
    `Please speak to this customer by ${due}, and record the outcome in the sidebar.`,
    ...answers.map((answer) => describeAnswer({ ...answer, shown: null }, policy)),
  ].join('\n\n');
}

/** One answer: as it is told first, as it joins, or as it has changed. */
export function describeAnswer(answer: FollowedAnswer, policy: Words): string {
  const { survey, ticketId, score, shown } = answer;
  const name = survey.toUpperCase();
  const about = ticketId === null ? '' : ` about #${ticketId}`;
  if (score === null)
    return `An answer (${name}${about}) no longer counts: it was given by a program that checks mail, not by the customer.`;
  const intro = shown === null ? 'Answer' : 'The customer changed an answer; now';
  return [`${intro} (${name}${about}): ${describeScore(survey, score)}`, ...detailsOf(answer, policy)].join('\n');
}

function detailsOf({ comment, drivers, mayContact }: FollowedAnswer, { surveys }: Words): string[] {
  const names = driversFor(textsFor('en', surveys.page), surveys.page).filter(({ id }) => drivers?.includes(id));
  return [
    ...(names.length > 0 ? [`What mattered most: ${names.map((one) => one.name).join('; ')}`] : []),
    ...describeConsent(mayContact),
    ...(comment ? ['Comment:', withoutPlaceholders(comment)] : []),
  ];
}

/** Null: the page did not ask. */
export function describeConsent(mayContact: boolean | null): string[] {
  if (mayContact === null) return [];
  return [`The customer ${mayContact ? 'may' : 'did not agree to'} be contacted about this answer.`];
}

const describeScore = (survey: SurveyKind, score: number): string =>
  `${score} of ${SURVEY_KINDS[survey].highest} (${classOfScore(survey, score)})`;

/** Day and time on the policy's clock. */
export const formatDue = (at: Date, { time_zone: timeZone }: Pick<Words, 'time_zone'>): string =>
  `${formatDay(at, 'en', timeZone)}, ${formatTime(at, timeZone)}`;

const formatTime = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone, timeZoneName: 'short' }).format(at);
