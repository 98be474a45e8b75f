// Sends a report by mail, an effect of the outbox.
import { createHash } from 'node:crypto';
import type { Policy } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Mail, MailOutcome } from '../../mail/mail-sender.ts';
import type { MailWatch } from '../../mail/watch-mail.ts';
import { type EffectDefinition, PERHAPS_PERFORMED } from '../../platform/outbox/effect-definition.ts';
import { type Outcome, simpleEffect } from '../../platform/outbox/simple-effect.ts';
import type { EffectKind } from '../../platform/outbox/work.ts';
import type { Report } from '../engine/report.ts';
import { writeHtml } from '../engine/write-html.ts';
import { writeMarkdown } from '../engine/write-markdown.ts';
import { type DueReport, SENT_WITHIN_MS } from './due-reports.ts';

export interface ReportMail {
  /** Of the policy's `reports`. */
  readonly reportId: string;
  /** The day on which it is due. */
  readonly date: string;
  readonly dueAt: string;
  readonly to: string;
}

/** Sent while Deskwright acts, also on new tickets or one group only: it changes nothing in Zendesk. */
export const REPORT_MAIL: EffectDefinition<ReportMail> = {
  name: 'report_mail',
  description: 'A report by mail',
  payload: z.strictObject({ reportId: z.string(), date: z.string(), dueAt: z.string(), to: z.string() }),
  inScope: () => sql`true`,
  whenInDoubt: 'dead_letter',
  advise: (reason) =>
    reason.startsWith(PERHAPS_PERFORMED)
      ? 'Look it up in the log of your mail server. Retry it only if it was not sent.'
      : 'Check the address in reports: of the policy and what the mail server names. To get the report now: deskwright report daily (or weekly, nps, csat, ces).',
};

export interface ReportMailDeps {
  mail: Pick<MailWatch, 'sender' | 'canSend'>;
  policy: () => Policy;
  /** Makes the report as it stands now. */
  make: (due: DueReport) => Promise<Report>;
  publicUrl: string;
  clock: () => number;
}

/** Without a mail server the mail waits, for a day. */
const WAIT_MS = 60_000;

export function reportMailKind({ mail, policy, make, publicUrl, clock }: ReportMailDeps): EffectKind {
  return simpleEffect(REPORT_MAIL, {
    perform: async ([{ payload }]) => {
      const { reportId, date, to } = payload;
      const report = policy().reports.find(({ id }) => id === reportId);
      if (!report?.mail_to.some((each) => each.toLowerCase() === to.toLowerCase()))
        return { outcome: 'cancelled', reason: 'the policy no longer sends it' };
      const dueAt = new Date(payload.dueAt);
      if (clock() - dueAt.getTime() >= SENT_WITHIN_MS)
        return { outcome: 'refused', reason: 'it could not be sent within a day' };
      if (!mail.sender || !mail.canSend())
        return { outcome: 'wait', ms: WAIT_MS, reason: 'mail cannot be sent at the moment' };
      const made = await make({ report, date, dueAt });
      return toOutcome(await mail.sender.send(composeReportMail(made, { payload, publicUrl })));
    },
  });
}

function toOutcome(sent: MailOutcome): Outcome {
  switch (sent.outcome) {
    case 'accepted':
      return { outcome: 'done' };
    case 'recipient_refused':
    case 'message_refused':
      return { outcome: 'refused', reason: sent.answer };
    case 'try_later':
      return sent.server
        ? { outcome: 'wait', ms: WAIT_MS, reason: sent.answer }
        : { outcome: 'failed', reason: sent.answer };
    case 'in_doubt':
      return { outcome: 'unknown', reason: sent.answer };
  }
}

interface Envelope {
  payload: ReportMail;
  publicUrl: string;
}

/** HTML and plain text with the same content. */
function composeReportMail(report: Report, { payload, publicUrl }: Envelope): Mail {
  const { hostname } = new URL(publicUrl);
  const { reportId, date, to } = payload;
  // Message-IDs are public, and the address may not be.
  const recipient = createHash('sha256').update(to.toLowerCase()).digest('hex').slice(0, 16);
  const about = report.about === null ? '' : `, ${report.about}`;
  return {
    to: { name: '', address: to },
    subject: `${report.company}: ${report.title}${about}, ${report.period.label}`.replace(/\s+/g, ' '),
    html: writeHtml(report),
    text: writeMarkdown(report, { isLinked: false }),
    messageId: `<report.${reportId}.${date}.${recipient}@${hostname}>`,
    listId: `${reportId}.reports.${hostname}`,
    language: 'en',
  };
}
