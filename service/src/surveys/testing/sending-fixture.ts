// Builds what a test of sending surveys needs: database, clock, mail server and policy.
import { randomBytes } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { createSmtpMailSender } from '../../mail/create-smtp-mail-sender.ts';
import type { MailSender } from '../../mail/mail-sender.ts';
import type { SendDeps } from '../deliver-invitation.ts';
import { type SendSummary, sendDueInvitations } from '../send-due-invitations.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { invitations } from '../tables.ts';
import type { Requester } from '../why-not-send.ts';
import { type SmtpCatcher, startSmtpCatcher } from './smtp-catcher.ts';
import {
  aPolicy,
  aRequester,
  givenInvitation,
  givenTicket,
  type InvitationRow,
  MONDAY_NOON,
} from './survey-fixtures.ts';

export interface SendingFixture {
  database: TestDatabase;
  /** Runs the sending once, with the fixture's clock. */
  send: (parts?: Partial<SendDeps>) => Promise<SendSummary>;
  /** Runs something else that sends, in the same way. */
  with: <T>(run: (deps: SendDeps) => T) => T;
  people: Map<number, Requester>;
  addPerson: (id: number, parts?: Partial<Requester>) => void;
  smtp: () => SmtpCatcher;
  now: () => Date;
  /** Sets the clock to this many milliseconds after Monday noon. */
  setTime: (sinceMonday: number) => void;
  setPolicy: (policy: SurveyPolicy) => void;
  stored: () => Promise<InvitationRow[]>;
  givenDue: (ticketId?: number, parts?: Partial<Parameters<typeof givenInvitation>[1]>) => Promise<InvitationRow>;
  /** Gives every ticket a customer of its own. */
  givenDueFromMany: (count: number) => Promise<void>;
  reset: () => Promise<void>;
  close: () => Promise<void>;
}

const NAMES = {
  brand: new Map([
    [1, 'Northwind Outdoor'],
    [2, 'Polar Kids'],
  ]),
  organization: new Map([[3, 'Alpine Club']]),
  form: new Map([[4, 'Returns']]),
};

/** A real database, a real mail server, two brands, one customer (501). Call `reset` before each test and `close` after it. */
export async function createSendingFixture(): Promise<SendingFixture> {
  const database = await createTestDatabase();
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const people = new Map<number, Requester>();
  let smtp: SmtpCatcher;
  let mail: MailSender;
  let now = MONDAY_NOON;
  let policy: SurveyPolicy = aPolicy();

  const givenDue: SendingFixture['givenDue'] = async (ticketId = 7, parts = {}) => {
    await givenTicket(database.db, { id: ticketId, requesterId: parts.requesterId ?? 501 });
    return givenInvitation(database.db, { ticketId, ...parts });
  };
  const deps = (): SendDeps => ({
    db: database.db,
    mail,
    person: async (id) => people.get(id) ?? null,
    nameOf: (kind, id) => NAMES[kind].get(id ?? 0) ?? null,
    policy: () => policy,
    publicUrl: 'https://surveys.northwind.test',
    clock: () => now.getTime(),
    randomBytes,
    logger: silent,
  });
  return {
    database,
    people,
    givenDue,
    send: (parts = {}) => sendDueInvitations({ ...deps(), ...parts }),
    with: (run) => run(deps()),
    addPerson: (id, parts = {}) => void people.set(id, aRequester({ id, ...parts })),
    smtp: () => smtp,
    now: () => now,
    setTime: (sinceMonday) => {
      now = new Date(MONDAY_NOON.getTime() + sinceMonday);
    },
    setPolicy: (next) => {
      policy = next;
    },
    stored: () => database.db.select().from(invitations).orderBy(asc(invitations.id)),
    givenDueFromMany: async (count) => {
      for (let id = 1; id <= count; id += 1) {
        people.set(1_000 + id, aRequester({ id: 1_000 + id }));
        await givenDue(id, { requesterId: 1_000 + id });
      }
    },
    reset: async () => {
      smtp = await startSmtpCatcher();
      mail = createSmtpMailSender({ url: smtp.url, from: 'support@northwind.test', timeoutMs: 120_000 });
      now = MONDAY_NOON;
      policy = aPolicy();
      people.clear();
      people.set(501, aRequester());
    },
    close: async () => {
      mail.close();
      await smtp.stop();
      await database.clear();
    },
  };
}
