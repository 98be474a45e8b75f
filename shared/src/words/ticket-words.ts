// Lists Zendesk's values for a ticket's status, priority and type, and maps its names of a channel to the policy's.

/** Status order for `less_than` / `greater_than`, as in Zendesk's conditions reference. */
export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

/** Priority order for `less_than` / `greater_than`. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const TICKET_TYPES = ['question', 'incident', 'problem', 'task'] as const;
export type TicketType = (typeof TICKET_TYPES)[number];

/**
 * Zendesk writes `via.channel` in three ways: as the via type (events: `mail`), as its number (4), and on tickets of the REST API
 * as the name under "Ticket created by" (`email`), which policies use. Omitted here: same as the type; null: no tickets are created this way.
 * Source: developer.zendesk.com/documentation/ticketing/reference-guides/via-types/
 */
const VIA_TYPES: readonly (readonly [id: number, type: string, channel?: string | null])[] = [
  [0, 'web_form', 'web'],
  [4, 'mail', 'email'],
  [5, 'web_service', 'api'],
  [8, 'rule'],
  [9, 'linked_problem', null],
  [10, 'group_deletion', null],
  [11, 'user_change', null],
  [12, 'user_deletion', null],
  [13, 'group_change', null],
  [14, 'resource_push', null],
  [15, 'iphone', null],
  [16, 'get_satisfaction', null],
  [17, 'dropbox', 'web'],
  [19, 'merge', null],
  [20, 'batch', 'web'],
  [21, 'recovered_from_suspended_tickets', null],
  [22, 'automatic_solution_suggestions', null],
  [23, 'twitter_favorite', 'twitter'],
  [24, 'topic', 'forum'],
  [25, 'user_merge', null],
  [26, 'twitter_dm', 'twitter'],
  [27, 'closed_ticket', 'web'],
  [28, 'logmein_rescue', null],
  [29, 'chat'],
  [30, 'twitter'],
  [31, 'ticket_sharing', 'api'],
  [32, 'macro_reference', null],
  [33, 'voicemail', 'voice'],
  [34, 'phone_call_inbound', 'voice'],
  [35, 'phone_call_outbound', 'voice'],
  [36, 'blog', 'api'],
  [37, 'text_message', null],
  [38, 'facebook_post', 'facebook'],
  [39, 'import', 'api'],
  [40, 'github', 'api'],
  [41, 'facebook_message', 'facebook'],
  [42, 'lotus', 'web'],
  [43, 'monitor_event', null],
  [44, 'api_voicemail', 'api'],
  [45, 'api_phone_call_inbound', 'api'],
  [46, 'api_phone_call_outbound', 'api'],
  [47, 'churned_account', null],
  [48, 'web_widget', 'web'],
  [49, 'mobile_sdk'],
  [50, 'helpcenter', 'help_center'],
  [51, 'sample_ticket'],
  [52, 'sample_interactive_ticket', 'sample_ticket'],
  [53, 'admin_setting', null],
  [54, 'satisfaction_prediction', null],
  [55, 'any_channel'],
  [56, 'mobile'],
  [57, 'sms'],
  [58, 'ticket_tagging', null],
  [59, 'connect_ipm', null],
  [60, 'connect_mail', null],
  [61, 'connect_sms', null],
  [62, 'rule_revision', 'rule'],
  [63, 'answer_bot_for_agents'],
  [64, 'answer_bot_for_slack'],
  [65, 'answer_bot_for_sdk'],
  [66, 'answer_bot_api'],
  [67, 'answer_bot_for_web_widget'],
  [68, 'symphony', null],
  [69, 'side_conversation'],
  [70, 'answer_bot', null],
  [71, 'omnichannel', null],
  [72, 'line'],
  [73, 'wechat'],
  [74, 'whatsapp'],
  [75, 'native_messaging'],
  [76, 'mailgun'],
  [77, 'messagebird_sms'],
  [78, 'sunshine_conversations_facebook_messenger'],
  [79, 'telegram'],
  [80, 'twilio_sms'],
  [81, 'viber'],
  [82, 'google_rcs'],
  [83, 'apple_business_chat'],
  [84, 'google_business_messages'],
  [85, 'kakaotalk'],
  [86, 'instagram_dm'],
  [87, 'sunshine_conversations_api'],
  [88, 'sunshine_conversations_twitter_dm'],
  [89, 'chat_offline_message', null],
  [90, 'chat_transcript'],
  [91, 'business_messaging_slack_connect'],
];

const BY_WORD: ReadonlyMap<string, string> = new Map(
  VIA_TYPES.flatMap(([id, type, created]) => {
    const channel = created ?? type;
    return [
      [String(id), channel],
      [type, channel],
      [channel, channel],
    ];
  }),
);

/** All channels that Zendesk documents, the most common first. */
export const CHANNELS: readonly string[] = [
  ...new Set([
    'email',
    'web',
    'api',
    'voice',
    'chat',
    'native_messaging',
    'whatsapp',
    'sms',
    ...VIA_TYPES.flatMap(([, type, channel = type]) => channel ?? []),
  ]),
];

/** Tickets of these channels are conversations: Zendesk sends each message as a `messaging_ticket` event, not as a comment. */
export const MESSAGING_CHANNELS: readonly string[] = VIA_TYPES.flatMap(([id, type]) =>
  id >= 72 && id <= 91 && id !== 76 && id !== 89 && id !== 90 ? [type] : [],
);

/**
 * The policy's name for Zendesk's `via.channel`: `mail`, `4`, `"4"` and `Email` all return `email`. A name that Zendesk does not
 * document is kept, in lower case. Null if it is neither text nor a number.
 */
export function readChannel(written: unknown): string | null {
  if (typeof written !== 'string' && typeof written !== 'number') return null;
  const word = String(written).trim().toLowerCase();
  return word === '' ? null : (BY_WORD.get(word) ?? word);
}
