// The dependencies of sending surveys.

import type { MailSender } from '../mail/mail-sender.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import type { Requester } from './requester.ts';
import type { SurveyPolicy } from './survey-settings.ts';

export interface SendDeps {
  db: Database;
  mail: MailSender;
  /** Null: Zendesk knows no such user. Throws when Zendesk cannot be asked; the invitation is tried again later. */
  person: (userId: number) => Promise<Requester | null>;
  /** Id of the user whom the ticket has as requester in Zendesk; null: not told. Throws like `person`. Left out: what the projection says counts. */
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
  /** Aborted at shutdown: mails in hand are finished, no further one begins. */
  signal?: AbortSignal | undefined;
}
