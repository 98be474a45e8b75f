// The `/readyz` checks of receiving and writing tickets.
import type { ReadinessChecks } from '../platform/http/health.ts';
import type { Database } from '../platform/storage/database.ts';
import { describeProgress, readExportPosition } from './sync/export-position.ts';
import { countOddRecords } from './sync/odd-records.ts';
import { countUnheardMessaging } from './sync/unheard-messaging.ts';
import type { WebhookWatch } from './sync/watch-webhooks.ts';
import { checkWrites } from './write/check-writes.ts';

export interface TicketReadinessDeps {
  db: Database;
  webhooks: Pick<WebhookWatch, 'check'>;
  /** `zendesk.writes_per_minute` of the policy in force. */
  writesPerMinute: () => number;
}

/** Warnings only: webhooks must still be received, and work continues. */
export function ticketReadiness({ db, webhooks, writesPerMinute }: TicketReadinessDeps): ReadinessChecks {
  return {
    import: async () => {
      const { imported, progress } = await readExportPosition(db);
      if (imported) return { ok: true };
      const done = progress ? describeProgress(progress) : 'nothing read yet';
      return { ok: true, detail: `the first import of tickets is under way: ${done}` };
    },
    records: async () => {
      const count = await countOddRecords(db);
      return count === 0 ? { ok: true } : { ok: true, warning: oddRecordsWarning(count) };
    },
    messaging: async () => {
      const unheard = await countUnheardMessaging(db);
      return unheard === 0 ? { ok: true } : { ok: true, warning: messagingWarning(unheard) };
    },
    webhooks: webhooks.check,
    writes: () => checkWrites(db, writesPerMinute()),
  };
}

function messagingWarning(count: number): string {
  const tickets = count === 1 ? '1 open messaging ticket has' : `${count} open messaging tickets have`;
  return `${tickets} no message that this service received, so what customers wrote there is unknown. Messages are sent only as the event messaging_ticket.message_added (\`npx deskwright webhook\` subscribes to it), and earlier ones are not sent`;
}

function oddRecordsWarning(count: number): string {
  const records = count === 1 ? '1 record of Zendesk' : `${count} records of Zendesk`;
  return `${records} could not be read and ${count === 1 ? 'was' : 'were'} dead-lettered; all others were processed. \`npx deskwright failed\` lists them with the reasons`;
}
