// Sends the due surveys of a database as a process of its own, which a test may kill and a benchmark measures. Starts with the message `go`.
import { randomBytes } from 'node:crypto';
import { createSmtpMailSender } from '../dist/mail/create-smtp-mail-sender.js';
import { openDatabase } from '../dist/platform/storage/database.js';
import { sendDueInvitations } from '../dist/surveys/send-due-invitations.js';

/** @typedef {{ databaseUrl: string, smtpUrl: string | null, policy: import('@deskwright/shared').Policy, hoursLater: number }} Order `smtpUrl` null: every mail counts as handed over. */

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

process.once('message', (order) => void send(/** @type {Order} */ (order)));

/** @param {Order} order */
async function send({ databaseUrl, smtpUrl, policy, hoursLater }) {
  const db = openDatabase(databaseUrl);
  const server = smtpUrl === null ? null : createSmtpMailSender({ url: smtpUrl, from: 'support@northwind.test' });
  const summary = await sendDueInvitations({
    db,
    mail: server ?? { send: async () => ({ outcome: 'accepted' }), close: () => undefined },
    person: async (id) => ({
      id,
      name: 'Ana Díaz',
      email: `customer-${id}@example.com`,
      role: 'end-user',
      suspended: false,
      locale: 'en-US',
    }),
    nameOf: () => null,
    policy: () => policy,
    publicUrl: 'https://surveys.northwind.test',
    clock: () => Date.now() + hoursLater * 3_600_000,
    randomBytes,
    logger: silent,
  });
  server?.close();
  await db.$client.end();
  process.send?.({ summary, maxRssMb: process.resourceUsage().maxRSS / 1024 });
  process.disconnect();
}
