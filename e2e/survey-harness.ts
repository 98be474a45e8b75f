// Starts everything that a survey needs: database, mail server and survey pages.
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { policySchema } from '@deskwright/shared';
import express from 'express';
import { createSmtpMailSender } from '../service/src/mail/create-smtp-mail-sender.ts';
import { createSurveyRouter } from '../service/src/surveys/pages/create-survey-router.ts';
import { sendDueInvitations } from '../service/src/surveys/send-due-invitations.ts';
import { startSmtpCatcher } from '../service/src/surveys/testing/smtp-catcher.ts';
import { aPolicy, aRequester, givenInvitation, givenTicket } from '../service/src/surveys/testing/survey-fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../service/testing/test-database.ts';

/** A language that we do not have, as a policy writes it: what a customer meets between the mail and the thanks. */
const ARABIC = {
  csat: {
    question: 'ما مدى رضاك عن المساعدة؟',
    subject: 'كيف كانت مساعدة {company}؟',
    labels: ['غير راضٍ جدًا', 'غير راضٍ', 'محايد', 'راضٍ', 'راضٍ جدًا'],
  },
  words: {
    greeting: 'مرحبًا {name}،',
    request: 'رقم {number}',
    intro: 'أنهى {company} طلبك {request}. كيف كان؟',
    how: 'يفتح اختيارك صفحة، ولا يُسجَّل شيء بمجرد فتحها.',
    until: 'يمكنك الإجابة حتى {date}.',
    unsubscribe: 'لا مزيد من الاستطلاعات',
    unsubscribe_why: 'تصلك هذه الرسالة لأنك طلبت المساعدة من {company}.',
    title: 'كيف كان؟',
    about: 'عن طلبك {request}',
    send: 'إرسال',
    low: 'ما الذي حدث؟',
    thanks_title: 'شكرًا لك',
    comment_too_long: '{length, plural, few {# أحرف} other {# حرف}} أكثر من {limit}.',
  },
};

interface AskedCustomer {
  /** The mail as it arrived. */
  html: string;
  subject: string;
  invitationId: number;
  /** The link of an answer in the mail. */
  scoreLink: (score: number) => string;
  page: string;
  unsubscribe: string;
}

export interface SurveyHarness {
  url: string;
  database: TestDatabase;
  /** Solves a ticket of a new customer and sends the survey. */
  ask: (survey: 'csat' | 'ces' | 'nps', locale?: string, brandId?: number) => Promise<AskedCustomer>;
  /** Moves the clock forward. */
  pass: (milliseconds: number) => void;
  stop: () => Promise<void>;
}

type MailServer = Pick<Awaited<ReturnType<typeof startSmtpCatcher>>, 'url' | 'waitFor' | 'stop'> & {
  readonly mails: readonly { readonly html?: unknown; readonly subject?: string | undefined }[];
};

/** Starts PostgreSQL, an SMTP server unless one is given, and the survey pages on a free port. */
export async function startSurveyHarness(mailServer?: MailServer): Promise<SurveyHarness> {
  const database = await createTestDatabase();
  const smtp = mailServer ?? (await startSmtpCatcher());
  const mail = createSmtpMailSender({ url: smtp.url, from: 'Northwind Outdoor <support@northwind.test>' });
  const { surveys } = aPolicy();
  const page = { color: '#ffcc00', texts: { ar: ARABIC } };
  // Nothing answers at the logo's address.
  const brands = [{ brand: 'Polar Kids', color: '#8a1c7c', logo: 'https://127.0.0.1:9/logo.png' }];
  const policy = policySchema.parse({ ...aPolicy(), surveys: { ...surveys, nps: { expires: '14d' }, page, brands } });
  const visitKey = Buffer.from('a key for tests');
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let passed = 0;
  const clock = () => Date.now() + passed;

  const limits = { visits: 100_000, opened: 10_000, sent: 10_000, guessed: 10_000, unsubscribed: 200 };
  const app = express();
  app.use(createSurveyRouter({ db: database.db, policy: () => policy, clock, randomBytes, visitKey, logger, limits }));
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let customers = 0;
  const ask: SurveyHarness['ask'] = async (survey, locale = 'en-US', brandId = 1) => {
    customers += 1;
    const id = 4_700 + customers;
    const now = new Date(clock());
    await givenTicket(database.db, { id, requesterId: id, subject: 'My tent leaks at the seams', brandId });
    const due = { survey, requesterId: id, solvedAt: now, dueAt: now };
    const about = survey === 'nps' ? { ticketId: null, solvedAt: null } : { ticketId: id };
    const invitation = await givenInvitation(database.db, { ...due, ...about });
    await sendDueInvitations({
      db: database.db,
      mail,
      person: async () => aRequester({ id, locale }),
      nameOf: (kind, id) => (kind === 'brand' && id === 2 ? 'Polar Kids' : null),
      policy: () => policy,
      publicUrl: url,
      clock,
      randomBytes,
      logger,
    });
    await smtp.waitFor(customers);
    // An answer within a minute of the mail is evidence of a program, and these clicks of a mouse that jumps are, too.
    passed += 5 * 60_000;
    const arrived = smtp.mails[customers - 1];
    const html = String(arrived?.html);
    const link = /http:[^"]+\/s\/[\w-]+/.exec(html)?.[0];
    if (!link) throw new Error('the mail has no link');
    return {
      html,
      subject: arrived?.subject ?? '',
      invitationId: invitation.id,
      scoreLink: (score) => `${link}?score=${score}`,
      page: link,
      unsubscribe: link.replace('/s/', '/u/'),
    };
  };

  return {
    url,
    database,
    ask,
    pass: (milliseconds) => {
      passed += milliseconds;
    },
    stop: async () => {
      mail.close();
      await smtp.stop();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await database.drop();
    },
  };
}
