// Warns the operator when none or only some of Zendesk's webhooks reach this service.
import type { Check } from '../../platform/http/health.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { WebhookLoss } from './find-webhook-loss.ts';
import type { WebhookSilence } from './find-webhook-silence.ts';

export interface WebhookWatchDeps {
  find: () => Promise<WebhookSilence | null>;
  /** Called if webhooks arrive. */
  findLoss: () => Promise<WebhookLoss | null>;
  /** How many requests with a wrong signature this process received; null: it receives no webhooks. */
  wrongSignatures: (() => Promise<number>) | null;
  /** The address that Zendesk should send to. */
  endpoint: string;
  logger: Logger;
}

export interface WebhookWatch {
  /** For `/readyz`: a warning, because work continues with a delay. */
  check: () => Promise<Check>;
  /** Logs when the silence starts and ends; called after each read of the export. */
  report: () => Promise<void>;
}

/** Reads the database each time, so that web and worker processes report the same. */
export function watchWebhooks({ find, findLoss, wrongSignatures, endpoint, logger }: WebhookWatchDeps): WebhookWatch {
  let isTold = false;
  let isLossTold = false;
  return {
    check: async () => {
      const silence = await find();
      if (silence) return { ok: true, warning: describeSilence(silence, (await wrongSignatures?.()) ?? 0, endpoint) };
      const loss = await findLoss();
      return loss ? { ok: true, warning: describeLoss(loss) } : { ok: true };
    },
    report: async () => {
      const silence = await find();
      if (silence && !isTold) {
        logger.warn(
          { ...silence, ...(wrongSignatures && { wrongSignatures: await wrongSignatures() }), endpoint },
          "Zendesk's webhook does not reach this service; changes are found late, in the export. /readyz says what to check",
        );
      }
      if (!silence && isTold) logger.info({ endpoint }, "Zendesk's webhook reaches this service again");
      isTold = silence !== null;
      const loss = silence ? null : await findLoss();
      if (loss && !isLossTold) {
        logger.warn(
          { ...loss },
          'Zendesk sends only some of its webhooks, as when it throttles them; other changes are found late, in the export',
        );
      }
      if (!loss && !silence && isLossTold) logger.info({}, 'Zendesk sends all of its webhooks again');
      isLossTold = loss !== null;
    },
  };
}

function describeLoss({ missed, told, behindMs }: WebhookLoss): string {
  return [
    `Zendesk sends only some of its webhooks: in the last 15 minutes they reported ${told} changes, and another ${missed} were found only in the export, one to two minutes late.`,
    ...(behindMs > 0
      ? [`The newest event is ${Math.ceil(behindMs / 1000)} s older than the newest change in the export.`]
      : []),
    'No changes are lost. Zendesk throttles webhooks after a mass change, or when this service answered slowly or with errors; Admin Center > Webhooks > the webhook > Activity lists those as "throttled" or "circuit broken".',
  ].join(' ');
}

function describeSilence(
  { lastHeardAt, missed, firstMissedAt }: WebhookSilence,
  wrong: number,
  endpoint: string,
): string {
  const heard = lastHeardAt ? `the last one arrived at ${lastHeardAt.toISOString()}` : 'none has ever arrived';
  const changes = missed === 1 ? 'a change' : `${missed} changes`;
  const requests = wrong === 1 ? 'One request' : `${wrong} requests`;
  return [
    `Zendesk's webhook does not reach this service: ${heard}, and since ${firstMissedAt.toISOString()} ${changes} ${missed === 1 ? 'was' : 'were'} found only in the export, one to two minutes late.`,
    `Check in Zendesk's Admin Center that the webhook is active, that its endpoint is ${endpoint} and can be reached from outside, that it subscribes to the event types listed by \`npx deskwright webhook --events\`, and that ZENDESK_WEBHOOK_SECRET is its secret.`,
    ...(wrong > 0 ? [`${requests} signed with another secret arrived since this process started.`] : []),
    '`npx deskwright webhook` repairs the webhook and prints its secret.',
  ].join(' ');
}
