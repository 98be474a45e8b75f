// Declares the audit of one update of a ticket.
import type { Via } from './types.ts';

export type FieldValue = string | number | boolean | readonly string[] | readonly number[] | null;

/** `via` of an event which a trigger caused: `channel: 'rule'`, `source.from: {id, title}`, `source.rel: 'trigger'`. */
export type AuditEvent =
  | { id: number; type: 'Create'; field_name: string; value: FieldValue; via?: Via }
  | { id: number; type: 'Change'; field_name: string; value: FieldValue; previous_value: FieldValue; via?: Via }
  | {
      id: number;
      type: 'Comment';
      author_id: number;
      body: string;
      html_body: string;
      plain_body: string;
      public: boolean;
      attachment_ids: readonly number[];
      /** Of the audit the event is in; set when the change is complete. */
      audit_id?: number;
      via?: Via;
    }
  | { id: number; type: 'Notification'; subject: string; body: string; recipients: readonly number[]; via: Via }
  | { id: number; type: 'CommentPrivacyChange'; comment_id: number; public: boolean; via?: Via }
  | { id: number; type: 'CommentRedactionEvent'; comment_id: number; via?: Via }
  | { id: number; type: 'External'; resource: string; body: string; via: Via };

export interface Audit {
  id: number;
  ticket_id: number;
  created_at: string;
  author_id: number;
  /** `custom` is what the update sent as `ticket.metadata`. */
  metadata: { system: Record<string, unknown>; custom: Record<string, unknown>; suspension_type_id?: number };
  events: readonly AuditEvent[];
  via: Via;
}
