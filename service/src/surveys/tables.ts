// Defines the tables of surveys: invitations, visits, submissions, answers and unsubscriptions.
import { ALL_SURVEYS } from '@deskwright/shared';
import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, identity, time } from '../platform/storage/tables.ts';
import type { Signals, Visit } from './answers/evidence.ts';
import { VERDICTS } from './answers/judge.ts';

export const campaigns = pgTable('campaigns', {
  id: identity(),
  survey: text('survey', { enum: ['nps', 'pulse'] }).notNull(),
  state: text('state', { enum: ['running', 'paused', 'stopped', 'done'] })
    .notNull()
    .default('running'),
  /** From 1. */
  round: integer('round').notNull().default(1),
  /** Its name in Zendesk; null: it asks for the company. */
  brand: text('brand'),
  /** Begins again after each round, with those who belong to it then. */
  repeats: boolean('repeats').notNull(),
  startsAt: time('starts_at').notNull(),
  endsAt: time('ends_at').notNull(),
  /** Null: it is not paused. */
  pausedAt: time('paused_at'),
  who: text('who').notNull(),
  why: text('why'),
  /** Why it is done, where nobody stopped it; null: its rounds are over, or it is under way. */
  endedBecause: text('ended_because', { enum: ['survey_not_configured', 'brand_not_configured', 'brand_unknown'] }),
  createdAt: time('created_at').notNull().defaultNow(),
});

/** Who stopped, paused or resumed what, append-only. Of all surveys the last one holds. */
export const surveySwitches = pgTable('survey_switches', {
  id: identity(),
  /** Null: all surveys. */
  campaignId: id('campaign_id'),
  did: text('did', { enum: ['stop', 'pause', 'resume'] }).notNull(),
  at: time('at').notNull(),
  who: text('who').notNull(),
  why: text('why'),
});

export const invitations = pgTable('invitations', {
  id: identity(),
  /** What the invitation is about; how it is delivered is the same for all. */
  cause: text('cause', { enum: ['solve', 'campaign', 'request'] })
    .notNull()
    .default('solve'),
  /** Null: a campaign's, which is about no ticket. */
  ticketId: id('ticket_id'),
  /** Null: it is not about a solve. */
  solvedAt: time('solved_at'),
  survey: text('survey', { enum: [...ALL_SURVEYS] }).notNull(),
  /** Without a ticket: of the customer's newest one when the mail was sent; null: none, or the survey is anonymous. */
  category: text('category'),
  /** These four without a ticket only, like `category`. */
  tier: text('tier'),
  groupId: id('group_id'),
  channel: text('channel'),
  brandId: id('brand_id'),
  /** The Zendesk user who is asked; of a pulse, an agent. */
  requesterId: id('requester_id').notNull(),
  agentId: id('agent_id'),
  state: text('state', { enum: ['scheduled', 'sending', 'sent', 'answered', 'cancelled', 'parked'] })
    .notNull()
    .default('scheduled'),
  /** Why it was not sent: one of `NotSentReason`. */
  reason: text('reason'),
  /** The mail server's own words, for an operator; of `conditions_not_met`, the conditions. */
  detail: text('detail'),
  dueAt: time('due_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  /** While in the future, one process works on it. */
  claimedUntil: time('claimed_until'),
  tokenHash: bytea('token_hash'),
  /** The address written to, lower case: what an unsubscribe means. */
  recipient: text('recipient'),
  locale: text('locale'),
  /** When handing over to the mail server began; with `state` it is the contact ledger. */
  sentAt: time('sent_at'),
  expiresAt: time('expires_at'),
  /** When whoever has not answered is reminded; null: never, or it was begun. */
  remindAt: time('remind_at'),
  /** `parked`: it is unknown whether it was handed over. While `sending`, `claimed_until` is when the hand-over must have ended. */
  reminder: text('reminder', { enum: ['sending', 'sent', 'skipped', 'parked'] }),
  /** Why it was not sent: one of `NotSentReason`. */
  reminderReason: text('reminder_reason'),
  reminderTokenHash: bytea('reminder_token_hash'),
  /** Null: of none, as of one person who is asked again while none is under way. */
  campaignId: id('campaign_id'),
  /** Under which it is or was sent, by the name in Zendesk; null: under no brand of the policy's. Of a ticket it is set when the mail is sent. */
  brand: text('brand'),
  /** The campaign's round; null with `campaignId`, of who is asked again, and of rounds from before it was kept. */
  round: integer('round'),
  createdAt: time('created_at').notNull().defaultNow(),
});

/** Each round of a pulse: open for answers until it is closed for good, and only then shown. */
export const pulseRounds = pgTable(
  'pulse_rounds',
  {
    campaignId: id('campaign_id').notNull(),
    round: integer('round').notNull(),
    startsAt: time('starts_at').notNull(),
    /** Null: open. */
    closedAt: time('closed_at'),
    /** Null until it is closed, like `answered`. */
    asked: integer('asked'),
    answered: integer('answered'),
  },
  ({ campaignId, round }) => [primaryKey({ columns: [campaignId, round] })],
);

/** Nothing here leads to an invitation; see decision 17. */
export const pulseAnswers = pgTable('pulse_answers', {
  id: uuid('id').primaryKey().defaultRandom(),
  campaignId: id('campaign_id').notNull(),
  round: integer('round').notNull(),
  score: integer('score').notNull(),
});

/** What stood beside the scores, kept apart from them. */
export const pulseComments = pgTable('pulse_comments', {
  id: uuid('id').primaryKey().defaultRandom(),
  campaignId: id('campaign_id').notNull(),
  round: integer('round').notNull(),
  comment: text('comment').notNull(),
});

/** Tickets about which Zendesk's own survey asked. */
export const zendeskSurveys = pgTable('zendesk_surveys', {
  /** Of the ticket. */
  id: id('ticket_id').primaryKey(),
  requesterId: id('requester_id').notNull(),
  /** At the latest. */
  askedAt: time('asked_at').notNull(),
});

export const responses = pgTable('responses', {
  invitationId: id('invitation_id').primaryKey(),
  score: integer('score').notNull(),
  comment: text('comment').notNull().default(''),
  revision: integer('revision').notNull().default(1),
  answeredAt: time('answered_at').notNull(),
  changedAt: time('changed_at').notNull(),
  /** The submission that counts. Null: recorded before submissions were kept. */
  submissionId: id('submission_id'),
  /** Ids of the policy's drivers. */
  drivers: text('drivers').array().notNull().default([]),
  /** Drivers that the policy's lexicon found in the comment. */
  driversInWords: text('drivers_in_words').array().notNull().default([]),
  /** Which lexicon that was, as `lexiconHash`; null: none, the comment was not read. */
  lexicon: text('lexicon'),
  /** Null: not asked. */
  mayContact: boolean('may_contact'),
  /** The revision that the ticket shows; null: none yet. */
  onTicket: integer('on_ticket'),
  /** How often acting on it failed since it was given; 1 again after an operator retried it. */
  failures: integer('failures').notNull().default(0),
  /** The last error, without customers' words; null: there was none. */
  failure: text('failure'),
  /** Whether nothing contradicts that a person gave it; see `confirmAnswers`. Null: not looked at, or no matter. */
  confirmed: boolean('confirmed'),
});

/** What was opened of an invitation, by people and scanners. */
export const surveyOpenings = pgTable('survey_openings', {
  id: identity(),
  invitationId: id('invitation_id').notNull(),
  at: time('at').notNull(),
  page: text('page', { enum: ['form', 'unsubscribe', 'trap'] }).notNull(),
  /** The score in the link. */
  score: integer('score'),
  /** The form that was shown, or from which the trap was followed. */
  form: text('form'),
  network: text('network'),
  agent: text('agent').notNull(),
});

/** Append-only but for the verdict, which later evidence may change, and the count of what is sent again and again. */
export const surveySubmissions = pgTable('survey_submissions', {
  id: identity(),
  invitationId: id('invitation_id').notNull(),
  at: time('at').notNull(),
  form: text('form'),
  step: integer('step'),
  /** Sent with the button, not saved on the way. */
  final: boolean('final').notNull(),
  score: integer('score').notNull(),
  comment: text('comment').notNull().default(''),
  drivers: text('drivers').array().notNull().default([]),
  mayContact: boolean('may_contact'),
  network: text('network'),
  agent: text('agent').notNull(),
  /** As sent, for who looks at the evidence. */
  userAgent: text('user_agent').notNull().default(''),
  seen: jsonb('seen').$type<Seen>().notNull(),
  /** Signs of a person are there: events on the page or words. */
  used: boolean('used').notNull(),
  verdict: text('verdict', { enum: VERDICTS }).notNull(),
  points: integer('points').notNull(),
  reasons: text('reasons').array().notNull(),
  /** How often the same was sent by the same visitor with the same form, this one included; see `keepSubmission`. */
  times: integer('times').notNull().default(1),
  /** Of the last that was counted here; null: none was. */
  lastAt: time('last_at'),
});

/** What the request itself shows. */
interface Seen extends Pick<Visit, 'agentKind' | 'unlikeBrowser' | 'gesture'> {
  readonly signals: Signals | null;
  readonly trapFilled: boolean;
}

/** Which submission an admin chose, in place of the rules; null: the rules decide again. Append-only; the last one counts. */
export const surveyChoices = pgTable('survey_choices', {
  id: identity(),
  invitationId: id('invitation_id').notNull(),
  submissionId: id('submission_id'),
  at: time('at').notNull(),
  who: text('who').notNull(),
  why: text('why').notNull(),
});

/** What Slack was last told of an answer. */
export const toldAnswers = pgTable('told_answers', {
  invitationId: id('invitation_id').primaryKey(),
  /** Of the answer, with its score. */
  revision: integer('revision').notNull(),
  score: integer('score').notNull(),
  /** As the policy names them; empty: no channel gets such answers. */
  channels: text('channels').array().notNull(),
  at: time('at').notNull(),
  /** The answer no longer counts. */
  withdrawn: boolean('withdrawn').notNull().default(false),
  /** The state of its follow-up; null: none was told. */
  followUp: text('follow_up'),
});

export const unsubscribed = pgTable('unsubscribed', {
  email: text('email').primaryKey(),
  since: time('since').notNull().defaultNow(),
  /** False: a bounce or a complaint did it, and the customer's page does not undo that. */
  byCustomer: boolean('by_customer').notNull().default(true),
  /** The Zendesk user who unsubscribed or complained, which holds for their other addresses too, also after a bounce of this one. Null: nobody did, or it is not known who. */
  refusedBy: id('refused_by'),
});
