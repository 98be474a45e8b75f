// Formats comments for the API.
import type { Account } from '../../account/account.ts';
import type { Audit } from '../../account/audit.ts';
import type { Comment } from '../../account/types.ts';
import type { UrlOf } from '../call.ts';
import { showAttachments } from './audit.ts';

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
