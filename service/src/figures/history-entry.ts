// Defines one entry of a ticket's history.

/**
 * What happened. Read in order of time; an entry says what was true then, so one that says what the entry of its kind before it said is no event
 * (`merged`, `spam`, `deleted` and `restored` are one kind in this). Entries of one action have the same time. `value` and `ref` depend on it:
 *
 * | kind | value | ref |
 * | --- | --- | --- |
 * | `created` | the channel, in the policy's words | the requester |
 * | `status` | the new status | |
 * | `priority` | the new priority; null: none | |
 * | `group`, `assignee` | | the new group or agent; null: none |
 * | `category`, `tier` | the new one; `actor` set it: `us` by the policy's `rule`, `agent` in the sidebar or by a tag | |
 * | `comment` | the channel; null: unknown | the comment's id; of the first message the negative ticket id, whatever its own id. A second entry: it was made private |
 * | `automatic_reply` | the channel; of a customer's mail program, not of a customer | the comment's id |
 * | `merged`, `spam`, `deleted`, `restored` | | |
 * | `escalated`, `handed_off`, `handed_back` | the tier or department it went to (`handed_back`: came from) | |
 * | `step_done`, `step_undone` | the step of the guidance | |
 * | `survey_asked` | the survey | the invitation |
 * | `survey_answered` | the survey and its score, `csat:4`; a changed answer is a later entry, and `csat:withdrawn` says that none counts any more | the invitation |
 * | `follow_up_opened` | the survey whose bad answer is followed up on this ticket | the follow-up |
 * | `follow_up_outcome` | the outcome that an agent recorded | the follow-up |
 *
 * @internal
 */
export const HISTORY_KINDS = [
  'created',
  'status',
  'priority',
  'group',
  'assignee',
  'category',
  'tier',
  'comment',
  'automatic_reply',
  'merged',
  'spam',
  'deleted',
  'restored',
  'escalated',
  'handed_off',
  'handed_back',
  'step_done',
  'step_undone',
  'survey_asked',
  'survey_answered',
  'follow_up_opened',
  'follow_up_outcome',
] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** Who did it. `us`: Deskwright. `zendesk`: its triggers, automations and system user. */
export type Actor = 'customer' | 'agent' | 'us' | 'zendesk';

export interface HistoryEntry {
  readonly ticketId: number;
  /** When it happened, in Zendesk's time. */
  readonly at: Date;
  readonly kind: HistoryKind;
  readonly value: string | null;
  readonly ref: number | null;
  /** Null: nobody said. */
  readonly actor: Actor | null;
  /** Null of customers: the requester is in `created`. */
  readonly actorId: number | null;
  /** Of comments. */
  readonly public: boolean | null;
  /** Who was responsible: of a status that is the ticket's solve. */
  readonly groupId: number | null;
  readonly assigneeId: number | null;
  /** The trigger that decided: of a category set by the policy; null: none did (the default category). */
  readonly rule: string | null;
}
