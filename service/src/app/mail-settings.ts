// Validates the settings of mail, and refuses values that were left as an example had them.
import { z } from 'zod';

/** Names that nobody can own (RFC 2606), and `<host>` of an example. No mail can go to or come from them. */
const isPlaceholder = (text: string): boolean =>
  /[@/.]example(?:\.(?:com|net|org))?(?=[>:/?"\s]|$)|<[^<>@]*>/i.test(text);

const refusePlaceholder = (name: string): string =>
  `${name} still has the placeholder of an example in it. Enter the value from your mail provider, or remove the line: surveys then wait until it is set.`;

export const SMTP_URL = z
  .string()
  .refine((url) => !isPlaceholder(url), { error: refusePlaceholder('SMTP_URL'), abort: true })
  .refine(
    (url) => URL.canParse(url) && /^smtps?:\/\/./.test(url) && new URL(url).hostname !== '',
    'SMTP_URL is not an address that can be used here (it should look like smtps://<user>:<password>@<host>:465).',
  );

export const MAIL_FROM = z
  .string()
  .refine((from) => !isPlaceholder(from), { error: refusePlaceholder('MAIL_FROM'), abort: true })
  .refine((from) => /[^\s@<>]@[^\s@<>]/.test(from), {
    error: ({ input }) =>
      `MAIL_FROM is "${String(input)}", which has no address (it should look like Your Company <support@...>).`,
  });

/** `secret`: of who posts mails that came back; `address`: where they, and wishes to unsubscribe by mail, are sent. Null: not set. */
export const SURVEY_MAIL = z.object({
  secret: z
    .string()
    .min(16, 'SURVEY_MAIL_SECRET is too short; it must have 16 characters or more. To make one: openssl rand -hex 24')
    .nullable()
    .default(null),
  address: z
    .email('SURVEY_MAIL_ADDRESS is not an e-mail address (it should look like surveys@your-company.com).')
    .nullable()
    .default(null),
});
