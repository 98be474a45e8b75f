// Checks from the start on whether mail can be sent, and reports it in the log, in the database and as metrics.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import type { Mail, MailOutcome, MailSender, MailServer } from './mail-sender.ts';
import { forgetMailStatus, keepMailStatus, type MailProblem } from './mail-status.ts';

export interface WatchMailDeps {
  db: Database;
  /** Null: SMTP_URL is not set. */
  server: MailServer | null;
  /** Whether anything is to be sent, by the policy in force. */
  isNeeded: () => boolean;
  metrics: Pick<Metrics, 'counter' | 'stored'>;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'info' | 'warn'>;
}

export interface MailWatch {
  /** Null: SMTP_URL is not set. */
  readonly sender: MailSender | null;
  /** False while it is known that no mail can be sent, so that none fails for it. A refused `MAIL_FROM` is tried again once a minute. */
  canSend(): boolean;
  /** Checks the mail server once. Never throws. */
  check(): Promise<void>;
  /** Checks at once and then again and again, until aborted. */
  keepChecking(signal: AbortSignal): Promise<void>;
}

/** How often the server is checked: while no mail can be sent, and otherwise. Milliseconds. */
const RECHECK_MS = 60_000;
const CHECK_MS = 15 * 60_000;

const NOT_SET: MailProblem = { kind: 'not_set', message: 'SMTP_URL is not set' };

export function watchMail({ db, server, isNeeded, metrics, clock, logger }: WatchMailDeps): MailWatch {
  const mails = mailMetrics(metrics);
  /** As far as this process knows; undefined: not yet. */
  let problem: MailProblem | null | undefined;
  let [checkedAt, triedAt, sentAt] = [-Infinity, -Infinity, -Infinity];

  async function note(found: MailProblem | null, isSent = false): Promise<void> {
    const isNew = found?.kind !== problem?.kind || problem === undefined;
    if (isNew && found)
      logger.warn(
        { problem: found.kind, cause: found.message },
        'Mail cannot be sent: surveys and reports wait until it can',
      );
    else if (isNew) logger.info({}, problem ? 'Mail can be sent again' : 'The mail server can be reached');
    problem = found;
    if (isSent && clock() - sentAt >= RECHECK_MS) sentAt = clock();
    else if (!isNew && isSent) return;
    try {
      await keepMailStatus(db, { problem: found, now: clock(), isSent });
    } catch (error) {
      logger.warn(aboutError(error), 'Could not store whether mail can be sent');
    }
  }

  async function check(): Promise<void> {
    checkedAt = clock();
    if (server === null && !isNeeded()) {
      problem = undefined;
      return forgetMailStatus(db).catch(() => undefined);
    }
    const found = server === null ? NOT_SET : await server.verify();
    // Whether MAIL_FROM may send shows only with a mail.
    if (found === null && problem?.kind === 'sender') return;
    await note(found);
  }

  async function send(to: MailServer, mail: Mail): Promise<MailOutcome> {
    const outcome = await to.send(mail);
    const found =
      outcome.outcome === 'try_later' && outcome.server
        ? (outcome.problem ?? { kind: 'server', message: outcome.answer })
        : null;
    mails.inc({ result: found?.kind ?? outcome.outcome });
    if (found) await note(found);
    // Refused for its text, it passed everything that concerns all mails.
    else if (outcome.outcome === 'accepted' || outcome.outcome === 'message_refused')
      await note(null, outcome.outcome === 'accepted');
    return outcome;
  }

  return {
    sender: server && { send: (mail) => send(server, mail), close: () => server.close() },
    canSend: () => {
      if (server === null) return false;
      if (!problem) return true;
      if (problem.kind !== 'sender' || clock() - triedAt < RECHECK_MS) return false;
      triedAt = clock();
      return true;
    },
    check,
    keepChecking: async (signal) => {
      while (!signal.aborted) {
        if (problem !== null || clock() - checkedAt >= CHECK_MS) await check();
        await pause(RECHECK_MS, null, { signal, ref: false }).catch(() => null);
      }
    },
  };
}

function mailMetrics({ counter, stored }: WatchMailDeps['metrics']) {
  stored(
    'deskwright_mail_can_be_sent',
    '0 when it is known that no mail can be sent: /readyz and the log have the cause.',
    `SELECT coalesce((SELECT (value->'problem' = 'null')::int FROM settings WHERE key = 'mail'), 1) AS n`,
  );
  stored(
    'deskwright_mail_sent_timestamp_seconds',
    'When the mail server last accepted a mail, to the minute; 0: never yet.',
    `SELECT coalesce((SELECT (value->>'sentAtMs')::float8 / 1000 FROM settings WHERE key = 'mail'), 0) AS n`,
  );
  return counter(
    'deskwright_mails_total',
    'Mails that this process handed to the mail server, by result. By name, connection, tls, login, sender or server it took none at all.',
    ['result'],
  );
}
