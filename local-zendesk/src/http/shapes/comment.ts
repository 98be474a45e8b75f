// How does a comment look on the wire?
import type { Comment } from '../../account/types.ts';

export const showComment = (comment: Comment): Record<string, unknown> => ({
  id: comment.id,
  type: 'Comment',
  author_id: comment.author_id,
  body: comment.body,
  html_body: comment.html_body,
  plain_body: comment.body,
  public: comment.public,
  attachments: [],
  via: comment.via,
  created_at: comment.created_at,
  metadata: { system: {}, custom: {} },
});
