// Tells the operator when Zendesk's webhooks do not reach this service, or only some of them.
import type { Check } from '../../platform/http/health.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { WebhookLoss } from './find-webhook-loss.ts';
import type { WebhookSilence } from './find-webhook-silence.ts';

export interface WebhookWatchDeps {
  find: () => Promise<WebhookSilence | null>;
  /** Asked where there is no silence. */
  findLoss: () => Promise<WebhookLoss | null>;
  /** How many requests came to this process with a signature that was wrong; null: it takes no webhooks. */
  wrongSignatures: (() => Promise<number>) | null;
  /** Where Zendesk should send to. */
  endpoint: string;
  logger: Logger;
}

export interface WebhookWatch {
  /** For `/readyz`: a warning, because all work goes on, only late. */
  check: () => Promise<Check>;
  /** Tells the log when the silence begins and when it ends; asked after each reading of the export. */
  report: () => Promise<void>;
}

/** Looks at the database each time, so that processes that only answer or only work tell the same. */
export function watchWebhooks({ find, findLoss, wrongSignatures, endpoint, logger }: WebhookWatchDeps): WebhookWatch {
  let isTold = false;
  let isLossTold = false;
  return {
    check: async () => {
      const silence = await find();
      if (silence) return { ok: true, warning: tellSilence(silence, (await wrongSignatures?.()) ?? 0, endpoint) };
      const loss = await findLoss();
      return loss ? { ok: true, warning: tellLoss(loss) } : { ok: true };
    },
    report: async () => {
      const silence = await find();
      if (silence && !isTold) {
        logger.warn(
          { ...silence, ...(wrongSignatures && { wrongSignatures: await wrongSignatures() }), endpoint },
          "Zendesk's webhook does not reach this service; changes are seen late, by the export. /readyz says what to check",
        );
      }
      if (!silence && isTold) logger.info({ endpoint }, "Zendesk's webhook reaches this service again");
      isTold = silence !== null;
      const loss = silence ? null : await findLoss();
      if (loss && !isLossTold) {
        logger.warn(
          { ...loss },
          'Zendesk sends only some of its webhooks, as when it throttles them; the rest is seen late, by the export',
        );
      }
      if (!loss && !silence && isLossTold) logger.info({}, 'Zendesk sends its webhooks again');
      isLossTold = loss !== null;
    },
  };
}

function tellLoss({ missed, told, behindMs }: WebhookLoss): string {
  return [
    `Zendesk sends only some of its webhooks: in the last 15 minutes they told of ${told} changes, and the export alone brought ${missed}, one to two minutes late.`,
    ...(behindMs > 0
      ? [`The newest event is ${Math.ceil(behindMs / 1000)} s behind the newest change of the export.`]
      : []),
    'Nothing is lost. Zendesk throttles webhooks after a mass change, or when this service answered slowly or with errors; Admin Center > Webhooks > the webhook > Activity lists those as "throttled" or "circuit broken".',
  ].join(' ');
}

function tellSilence({ lastHeardAt, missed, firstMissedAt }: WebhookSilence, wrong: number, endpoint: string): string {
  const heard = lastHeardAt ? `the last one came at ${lastHeardAt.toISOString()}` : 'none ever came';
  const changes = missed === 1 ? 'a change' : `${missed} changes`;
  const requests = wrong === 1 ? 'One request' : `${wrong} requests`;
  return [
    `Zendesk's webhook does not reach this service: ${heard}, and since ${firstMissedAt.toISOString()} only the export brought ${changes}, one to two minutes late.`,
    `Check in Zendesk's Admin Center that the webhook is active, that its endpoint is ${endpoint} and can be reached from outside, that it subscribes to the types of \`npx deskwright webhook --events\`, and that ZENDESK_WEBHOOK_SECRET is its secret.`,
    ...(wrong > 0 ? [`${requests} signed with another secret came since this process started.`] : []),
    '`npx deskwright webhook` repairs the webhook and prints its secret.',
  ].join(' ');
}
