// Formats comments, audits and their attachments for the API.
import type { Account } from '../../account/account.ts';
import type { Audit, FieldValue } from '../../account/audit.ts';
import type { Comment, Via } from '../../account/types.ts';
import type { Attachment } from '../../account/uploads.ts';
import type { UrlOf } from '../call.ts';

/** Formats attachments for the API. */
export function showAttachment(url: UrlOf, attachment: Attachment): Record<string, unknown> {
  const { id, file_name, content_type, content, key, deleted } = attachment;
  const content_url = `${url('').replace(/\/api\/v2$/, '')}/attachments/token/${key}/?name=${encodeURIComponent(file_name)}`;
  return {
    url: url(`/attachments/${id}.json`),
    id,
    file_name,
    content_url,
    mapped_content_url: content_url,
    content_type,
    size: content.byteLength,
    // Only pictures have a size, and files are not inspected here.
    width: null,
    height: null,
    inline: false,
    deleted,
    malware_access_override: false,
    malware_scan_result: 'not_scanned',
    thumbnails: [],
  };
}

/** The files of these ids that still exist. */
const showAttachments = ({ uploads }: Account, url: UrlOf, ids: readonly number[]): readonly unknown[] =>
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

/** @param audit the one of the comment */
export const showComment = (
  account: Account,
  url: UrlOf,
  comment: Comment,
  audit: Audit | undefined,
): Record<string, unknown> => ({
  id: comment.id,
  type: 'Comment',
  author_id: comment.author_id,
  body: comment.body,
  html_body: comment.html_body,
  plain_body: comment.body,
  public: comment.public,
  attachments: showAttachments(account, url, comment.attachment_ids),
  audit_id: audit?.id ?? null,
  via: comment.via,
  created_at: comment.created_at,
  metadata: audit?.metadata ?? { system: {}, custom: {} },
});
