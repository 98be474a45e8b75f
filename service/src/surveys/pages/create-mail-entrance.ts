// The HTTP entrance for mails that came back: the mail server or provider posts each as it is.
import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type RequestHandler, type Router } from 'express';
import { readMailReport } from '../../mail/read-mail-report.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { type Taken, takeReturnedMail } from '../returned-mail/take-returned-mail.ts';

interface EntranceDeps {
  db: Database;
  /** `SURVEY_MAIL_SECRET`, sent as `Authorization: Bearer`. Null: there is no entrance. */
  secret: string | null;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'info' | 'warn'>;
}

const MOST_BYTES = 10_000_000;

/** `POST /survey-mail` with the raw mail (RFC 5322) as its body. 200 also for what nothing follows from; 503: try again. */
export function createMailEntrance({ db, secret, clock, logger }: EntranceDeps): Router {
  const router = express.Router({ caseSensitive: true });
  if (secret === null) return router;
  const mayPost: RequestHandler = (request, response, next) => {
    if (isSame(request.headers.authorization ?? '', `Bearer ${secret}`)) return next();
    response.status(401).json({ error: 'unauthorized', message: 'Send "Authorization: Bearer <SURVEY_MAIL_SECRET>".' });
  };
  router.post(
    '/survey-mail',
    mayPost,
    express.raw({ type: () => true, limit: MOST_BYTES, inflate: false }),
    async (request, response) => {
      const raw: unknown = request.body;
      if (!Buffer.isBuffer(raw) || raw.length === 0)
        return void response.status(400).json({ error: 'empty', message: 'The body must be the mail as it is.' });
      try {
        const report = await readMailReport(raw);
        const taken: Taken = await takeReturnedMail(db, report, new Date(clock()));
        if (taken.outcome === 'unproven')
          logger.warn(
            { kind: report.kind },
            'A report about a survey mail does not prove that the mail came back; it is ignored',
          );
        else if (taken.outcome !== 'nothing') logger.info(taken, 'A mail about a survey came back');
        response.json(taken);
      } catch (error) {
        logger.warn(aboutError(error), 'Could not take in a mail that came back');
        response.status(503).json({ error: 'unavailable', message: 'Try again later.' });
      }
    },
  );
  return router;
}

/** In constant time, also for different lengths. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
