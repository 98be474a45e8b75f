// The dependencies of sending surveys.

import type { MailSender } from '../mail/mail-sender.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import type { Requester } from './requester.ts';
import type { SurveyPolicy } from './survey-settings.ts';

export interface SendDeps {
  db: Database;
  mail: MailSender;
  /** Null: Zendesk has no such user. Throws when Zendesk cannot be reached; the invitation is retried later. */
  person: (userId: number) => Promise<Requester | null>;
  /** Id of the user whom the ticket has as requester in Zendesk; null: unknown. Throws like `person`. Left out: the projection's requester is used. */
  ticketRequester?: (ticketId: number) => Promise<number | null>;
  /** The policy in force. */
  policy: () => SurveyPolicy;
  /** `PUBLIC_URL`: where customers reach the service. */
  publicUrl: string;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Cryptographically strong: `randomBytes` of node:crypto. */
  randomBytes: (size: number) => Buffer;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Aborted at shutdown: mails being sent are finished, no new one is started. */
  signal?: AbortSignal | undefined;
}
