// Chooses the answer to a webhook that is not accepted, by how Zendesk reacts to it.

export interface WebhookProblem {
  status: number;
  /** Stable word for scripts and metrics. */
  code:
    | 'unsigned'
    | 'bad_signature'
    | 'too_old'
    | 'not_json'
    | 'unstorable'
    | 'too_large'
    | 'encoded'
    | 'cut_off'
    | 'overloaded'
    | 'database_away';
  message: string;
  action: string;
  /** Seconds. Zendesk retries only if told a time below 60 s (webhook delivery rules). */
  retryAfter?: number;
}

const RETRY_AFTER = 30;

export const WEBHOOK_PROBLEMS = {
  unsigned: {
    status: 401,
    code: 'unsigned',
    message: 'The request has no signature, so it does not come from a Zendesk webhook.',
    action:
      'Send it through a Zendesk webhook, which signs every request with the secret in ZENDESK_WEBHOOK_SECRET. A proxy in between must pass the headers x-zendesk-webhook-signature and x-zendesk-webhook-signature-timestamp on.',
  },
  bad_signature: {
    status: 401,
    code: 'bad_signature',
    message: 'The signature does not match the body: it was made with another secret.',
    action:
      'Set ZENDESK_WEBHOOK_SECRET to the signing secret of this webhook (Admin Center > Apps and integrations > Webhooks > Reveal secret). While a secret is being replaced, keep the old one in ZENDESK_WEBHOOK_SECRET_PREVIOUS.',
  },
  too_old: {
    status: 401,
    code: 'too_old',
    message: 'The signature was made too long ago.',
    action: 'Check the clocks, or raise or remove the age limit if Zendesk delivers late.',
  },
  not_json: {
    status: 400,
    code: 'not_json',
    message: 'The body is not JSON.',
    action:
      'Configure the webhook to send JSON. In a Zendesk trigger send ids only, as in {"ticket_id": {{ticket.id}}}: a quote or a line break in a subject breaks hand-written JSON.',
  },
  unstorable: {
    status: 400,
    code: 'unstorable',
    message: 'The body is JSON that the database cannot store.',
    action: 'Send ids only, as in {"ticket_id": {{ticket.id}}}.',
  },
  too_large: {
    status: 413,
    code: 'too_large',
    message: 'The body is larger than this service accepts.',
    action: 'Send ids only, as in {"ticket_id": {{ticket.id}}}, or raise the limit.',
  },
  encoded: {
    status: 415,
    code: 'encoded',
    message: 'The body is compressed or encoded, but signatures are verified over plain bytes.',
    action: 'Send it without Content-Encoding.',
  },
  cut_off: {
    status: 400,
    code: 'cut_off',
    message: 'The request ended before its body was complete.',
    action: 'Send it again.',
  },
  overloaded: {
    status: 503,
    code: 'overloaded',
    message: 'Too many events are waiting to be stored.',
    action: 'Send it again later.',
    retryAfter: RETRY_AFTER,
  },
  database_away: {
    status: 503,
    code: 'database_away',
    message: 'The event could not be stored.',
    action: 'Send it again later. Operators: see /readyz and the log.',
    retryAfter: RETRY_AFTER,
  },
} as const satisfies Record<WebhookProblem['code'], WebhookProblem>;
