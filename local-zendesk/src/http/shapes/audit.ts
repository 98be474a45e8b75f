// Formats audits for the API.
import type { Account } from '../../account/account.ts';
import type { Audit, FieldValue } from '../../account/audit.ts';
import type { Via } from '../../account/types.ts';
import type { UrlOf } from '../call.ts';
import { showAttachment } from './attachment.ts';

/** The files of these ids that still exist. */
export const showAttachments = ({ uploads }: Account, url: UrlOf, ids: readonly number[]): readonly unknown[] =>
  ids.flatMap((id) => {
    const attachment = uploads.attachment(id);
    return attachment === undefined ? [] : [showAttachment(url, attachment)];
  });

/** Whether a rule is deleted is told as of now, not as of the change. */
function showVia(account: Account, via: Via): Via {
  const { from, rel } = via.source;
  if (rel !== 'trigger' && rel !== 'automation') return via;
  const rules = rel === 'trigger' ? account.triggers : account.automations;
  return { ...via, source: { ...via.source, from: { ...from, deleted: rules.find(Number(from.id)) === undefined } } };
}

const asText = (value: FieldValue): FieldValue =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;

export const showAudit = (account: Account, url: UrlOf, audit: Audit): Record<string, unknown> => ({
  ...audit,
  via: showVia(account, audit.via),
  events: audit.events.map((stored) => {
    const event = stored.via === undefined ? stored : { ...stored, via: showVia(account, stored.via) };
    // Recorded as text throughout, ids as well; only tags are a list.
    if (event.type === 'Create') return { ...event, value: asText(event.value) };
    if (event.type === 'Change') {
      return { ...event, value: asText(event.value), previous_value: asText(event.previous_value) };
    }
    if (event.type !== 'Comment') return event;
    const { attachment_ids, ...rest } = event;
    return { ...rest, attachments: showAttachments(account, url, attachment_ids) };
  }),
});
