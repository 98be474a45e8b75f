// Sends due surveys in a process that the crash test kills. Takes its options as a JSON argument.
import { randomBytes } from 'node:crypto';
import { createSmtpMailSender } from '../service/dist/mail/create-smtp-mail-sender.js';
import { openDatabase } from '../service/dist/platform/storage/database.js';
import { sendDueInvitations } from '../service/dist/surveys/send-due-invitations.js';

const { databaseUrl, smtpUrl, policy, now } = JSON.parse(process.argv[2] ?? '{}');
const db = openDatabase(databaseUrl);
const mail = createSmtpMailSender({ url: smtpUrl, from: 'support@northwind.test' });
const quiet = () => undefined;
/** @param {number} id @returns {Promise<import('../service/dist/surveys/why-not-send.js').Requester>} */
const person = async (id) => ({
  id,
  name: 'Ana',
  email: `customer-${id}@example.com`,
  role: 'end-user',
  suspended: false,
  locale: null,
});
await sendDueInvitations({
  db,
  mail,
  person,
  nameOf: () => null,
  policy: () => policy,
  publicUrl: 'https://surveys.northwind.test',
  clock: () => now,
  randomBytes,
  logger: { info: quiet, warn: quiet, error: quiet },
});
mail.close();
await db.$client.end();
