// Routes for uploads and attachments.
import { withBody } from '../bodies/parse-body.ts';
import { redactAttachmentBody } from '../bodies/ticket.ts';
import type { Call, Reply, Route } from '../call.ts';
import { ticketUpdateBuckets } from '../limits/buckets.ts';
import { idParam } from '../params.ts';
import { created, failed, noContent, notFound, ok, replyTo } from '../replies.ts';
import { showAttachment } from '../shapes/comment.ts';

/** The body is the file itself, its name is in the query; `token` adds it to an earlier upload. */
async function upload(call: Call): Promise<Reply> {
  const file_name = call.query.get('filename');
  if (!file_name) return failed(422, 'RecordInvalid', 'filename is required');
  const content_type = call.headers['content-type'] ?? 'application/octet-stream';
  const content = await call.bytes();
  if (content === null) return failed(413, 'AttachmentTooLarge', 'Attachments may have 50 MB');
  const token = call.query.get('token') ?? undefined;
  return replyTo(call.account.uploads.add({ file_name, content_type, content }, token), (made) => {
    const attachments = made.attachments.map((one) => showAttachment(call.url, one));
    const attachment = attachments.at(-1);
    const location = String(attachment?.['url']);
    return created(
      { upload: { token: made.token, expires_at: made.expires_at, attachment, attachments } },
      { location },
    );
  });
}

function show(call: Call): Reply {
  const attachment = call.account.uploads.attachment(idParam(call));
  return attachment === undefined ? notFound() : ok({ attachment: showAttachment(call.url, attachment) });
}

function redact(call: Call): Reply | Promise<Reply> {
  const attachmentId = idParam(call, 'attachmentId');
  const comment = call.account.tickets.comments(idParam(call)).find(({ id }) => id === idParam(call, 'commentId'));
  if (!comment?.attachment_ids.includes(attachmentId)) return notFound();
  return withBody(call, redactAttachmentBody, () =>
    replyTo(call.account.uploads.redact(attachmentId), (attachment) =>
      ok({ attachment: showAttachment(call.url, attachment) }),
    ),
  );
}

export const attachmentRoutes: readonly Route[] = [
  { method: 'post', path: '/uploads', scope: 'ticket_attachments', handle: upload },
  {
    method: 'delete',
    path: '/uploads/:token',
    scope: 'ticket_attachments',
    handle: (call) => replyTo(call.account.uploads.delete(call.params['token'] ?? ''), noContent),
  },
  { method: 'get', path: '/attachments/:id', scope: 'tickets', handle: show },
  {
    method: 'put',
    path: '/tickets/:id/comments/:commentId/attachments/:attachmentId/redact',
    scope: 'tickets',
    buckets: ticketUpdateBuckets,
    handle: redact,
  },
];
