// Writes the Slack message about an answer.
import { classOfScore, isGoodScore, type Policy, SURVEY_KINDS, type SurveyKind } from '@deskwright/shared';
import type { SlackLine, SlackMessage } from '../../slack/slack-message.ts';
import { dashboardUrl } from '../../zendesk/dashboard-url.ts';
import { driverName } from '../texts/texts-for.ts';

export interface ToldAnswer {
  readonly invitationId: number;
  readonly survey: SurveyKind;
  readonly score: number;
  /** Ticked, or found in the words by the policy's lexicon. */
  readonly drivers: readonly string[];
  readonly comment: string;
  /** As Zendesk names it; null: unknown. */
  readonly locale: string | null;
  readonly mayContact: boolean | null;
  /** It is not certain that a person gave it. */
  readonly isDoubtful: boolean;
  /** Null: it is about no ticket. */
  readonly ticketId: number | null;
  readonly category: string | null;
  /** The customer's organization, which may be named after a person: told only with the words. Null: none is known. */
  readonly account: string | null;
}

export interface AnswerWords {
  readonly policy: Pick<Policy, 'company' | 'categories' | 'surveys'>;
  /** The account's address. */
  readonly zendesk: string;
}

/** Longer than anybody reads in a channel; the ticket has all of it. */
const MOST_WORDS = 1_500;

/** How the keys of all messages about an answer begin, with the id of its invitation and `:` after it. */
export const KEY_OF_ANSWER = 'told-answer:';

/** All messages about an answer belong together. */
export const threadOf = (invitationId: number): string => `answer:${invitationId}`;

/** `changedFrom`: the score that the channel was told before; null: it is told the first time. */
export function answerMessage(
  answer: ToldAnswer,
  { channel, words, changedFrom }: { channel: string; words: boolean; changedFrom: number | null },
  { policy, zendesk }: AnswerWords,
): SlackMessage {
  const { survey, score, drivers, comment, mayContact, isDoubtful, ticketId, category, account, locale } = answer;
  const { page } = policy.surveys;
  const name = policy.categories.find(({ id }) => id === category)?.name;
  const changed = changedFrom === null || changedFrom === score ? [] : [`, was ${changedFrom}`];
  const summary: SlackLine = [
    ...(changedFrom === null ? [] : ['Changed: ']),
    { bold: `${scoreOf(survey, score)}${changed.join('')}` },
    ...(isDoubtful ? [' (doubtful)'] : []),
    ...ticketLink(ticketId, zendesk),
    ...drivers.map((id) => ` · ${driverName(policy, id)}`),
  ];
  const lines: SlackLine[] = [
    ...(words && comment !== '' ? [[`“${shorten(comment)}”`]] : []),
    ...(isDoubtful ? [['It is not certain that a person gave this answer.']] : []),
    ...(mayContact === true ? [['The customer may be contacted.']] : []),
    // Nobody would call about a good score, and the box is not ticked in most answers.
    ...(mayContact === false && !isGoodScore(survey, score) ? [['The customer did not agree to be contacted.']] : []),
    [
      [words ? account : null, page?.brand ?? policy.company, name].flatMap((part) => part ?? []).join(' · '),
      ' · ',
      { text: 'Dashboard', url: dashboardUrl(zendesk) },
    ],
  ];
  return {
    channel,
    summary,
    lines,
    ...(words && locale !== null && { customerLocale: locale }),
    thread: { key: threadOf(answer.invitationId), as: changedFrom === null ? 'first' : 'correction' },
  };
}

/** The answer is no longer the customer's: a program gave it, or an admin said so. */
export function withdrawnMessage(
  { invitationId, survey, score, ticketId }: Pick<ToldAnswer, 'invitationId' | 'survey' | 'score' | 'ticketId'>,
  channel: string,
  zendesk: string,
): SlackMessage {
  const summary: SlackLine = [
    'No longer counts: ',
    { bold: scoreOf(survey, score) },
    ...ticketLink(ticketId, zendesk),
    '. It was given by a program that checks mail, not by the customer.',
  ];
  return { channel, summary, lines: [], thread: { key: threadOf(invitationId), as: 'correction' } };
}

/** `NPS 4 of 10, detractor`. */
const scoreOf = (survey: SurveyKind, score: number): string =>
  `${survey.toUpperCase()} ${score} of ${SURVEY_KINDS[survey].highest}, ${classOfScore(survey, score)}`;

export const ticketLink = (ticketId: number | null, zendesk: string): SlackLine =>
  ticketId === null ? [] : [' · ', { text: `#${ticketId}`, url: `${zendesk}/agent/tickets/${ticketId}` }];

function shorten(words: string): string {
  const characters = Array.from(words);
  return characters.length <= MOST_WORDS ? words : `${characters.slice(0, MOST_WORDS).join('')}…`;
}
