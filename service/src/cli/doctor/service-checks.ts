// Checks the service: queue, mail, and the webhook with a real round trip.
import { effectDescriptions } from '../../app/features.ts';
import { createSmtpMailSender } from '../../mail/create-smtp-mail-sender.ts';
import { checkWrites, EVENT_TYPES, MESSAGE_ADDED } from '../../tickets/index.ts';
import { findFailed } from '../failed.ts';
import { UNKNOWN_SECRET } from '../open-account.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';

/** Work that is due this long and not begun: no worker runs, or none keeps up. */
const LATE = '10 minutes';

const queue: Check = {
  name: 'queue',
  run: async ({ db }) => {
    const { rows } = await db.$client.query<{ late: number; events: number }>(`
      SELECT (SELECT count(*)::int FROM outbox WHERE state = 'waiting' AND due_at < now() - interval '${LATE}') AS late,
        (SELECT count(*)::int FROM inbox WHERE state = 'waiting' AND received_at < now() - interval '${LATE}') AS events`);
    const { late = 0, events = 0 } = rows[0] ?? {};
    if (late + events > 0)
      return failed(
        `${events} events and ${late} changes have waited for more than ${LATE}.`,
        'See that a worker runs (deskwright start --role worker, or all) and what it logs.',
      );
    const { length: dead } = await findFailed(db, effectDescriptions());
    return dead > 0
      ? warning(`${dead} dead-lettered.`, 'See why and retry: deskwright failed.')
      : ok('Nothing waits for long, and nothing is dead-lettered.');
  },
};

/** As `/readyz` shows them: the service keeps to the account's limit of updates, which it reads from Zendesk's answers. */
const writes: Check = {
  name: 'writes',
  run: async ({ db, policy }) => {
    const check = await checkWrites(db, policy.zendesk.writes_per_minute);
    if (!check.ok) return failed(check.message, 'See the log of the service.');
    return check.warning === undefined
      ? ok(`Deskwright makes ${check.detail}.`)
      : warning(`${check.warning}.`, 'See the checks "login" and "scopes". Writing resumes by itself.');
  },
};

const service: Check = {
  name: 'service',
  run: async ({ publicUrl, fetch: get }) => {
    if (publicUrl === null)
      return skipped('PUBLIC_URL is not set.', 'Set it to the address at which Zendesk reaches the service.');
    const answer = await get(`${publicUrl}/healthz`).catch(() => null);
    return answer?.ok
      ? ok(`${publicUrl} answers.`)
      : failed(
          `${publicUrl} ${answer ? `answers ${answer.status}` : 'does not answer'}.`,
          'Start the service, and see that the proxy passes requests on to it.',
        );
  },
};

const webhook: Check = {
  name: 'webhook',
  run: async ({ publicUrl, zendesk, config }) => {
    if (publicUrl === null)
      return skipped('PUBLIC_URL is not set.', 'Set it to the address at which Zendesk reaches the service.');
    const endpoint = `${publicUrl}/webhooks/zendesk`;
    const found = (await zendesk.objects.list('webhook')).filter((each) => each['endpoint'] === endpoint);
    const active = found.find((each) => each['status'] === 'active');
    if (!active)
      return failed(
        `No active webhook sends to ${endpoint}.`,
        'Make or repair it: deskwright webhook >> .env, or deskwright apply.',
      );
    const missing = EVENT_TYPES.filter(
      (type) => type !== MESSAGE_ADDED && !(active['subscriptions'] as string[]).includes(type),
    );
    if (missing.length > 0)
      return failed(
        `The webhook does not send ${missing.join(', ')}.`,
        'Repair it: deskwright webhook, or deskwright apply.',
      );
    const secret = await zendesk.objects.readSigningSecret(String(active.id));
    if (!config.webhookSecrets.includes(UNKNOWN_SECRET) && !config.webhookSecrets.includes(secret))
      return failed(
        'ZENDESK_WEBHOOK_SECRET is not the webhook’s secret: the service refuses its events.',
        'Write it into the environment and restart: deskwright webhook >> .env.',
      );
    const status = await zendesk.objects.testWebhook(String(active.id));
    return status >= 200 && status < 300
      ? ok(`Zendesk sent a test event to ${endpoint}, and the service took it (${status}).`)
      : failed(
          `Zendesk sent a test event to ${endpoint}, and got ${status === 0 ? 'no answer' : status}.`,
          'See that the service runs and is reached from outside (proxy, DNS, firewall).',
        );
  },
};

const mail: Check = {
  name: 'mail',
  run: async ({ config }) => {
    if (config.smtpUrl === null)
      return skipped('SMTP_URL is not set: no mail is sent.', 'Set it for surveys and reports by mail.');
    const sender = createSmtpMailSender({ url: config.smtpUrl, from: config.mailFrom });
    try {
      const problem = await sender.verify();
      return problem === null
        ? ok('The mail server can be reached and takes the login.')
        : failed(problem.message, 'Correct SMTP_URL (docs/guides/install.md).');
    } finally {
      sender.close();
    }
  },
};

export const SERVICE_CHECKS: readonly Check[] = [queue, writes, service, webhook, mail];
