// Parts of the fake Zendesk: what rights its agents have, and how tickets are opened, one for each idempotency key.
import {
  type NewTicket,
  type ZendeskAgent,
  type ZendeskComment,
  ZendeskError,
  type ZendeskTicket,
  type ZendeskUser,
} from './zendesk.ts';

export interface OpenedTicket {
  readonly id: number;
  readonly ticket: NewTicket;
}

interface OpeningDeps {
  tickets: Map<number, ZendeskTicket>;
  comments: Map<number, ZendeskComment[]>;
  /** Who opens them. */
  me: number;
  nextId: () => number;
  now: () => string;
}

/** Opens tickets in the fake Zendesk, one for each idempotency key. */
export function createFakeOpening({ tickets, comments, me, nextId, now }: OpeningDeps) {
  const created: OpenedTicket[] = [];
  const answered = new Map<string, { id: number; body: string }>();

  function open(given: NewTicket): number {
    const id = nextId();
    const { subject, comment, requester_id, type, group_id = null, tags } = given;
    const at = now();
    created.push({ id, ticket: given });
    comments.set(id, [{ id: nextId(), author_id: me, ...comment, created_at: at, via: { channel: 'api' } }]);
    tickets.set(id, {
      id,
      subject,
      description: comment.body,
      status: 'new',
      priority: null,
      type,
      via: { channel: 'api' },
      tags: [...tags],
      group_id,
      assignee_id: null,
      requester_id,
      submitter_id: me,
      is_public: false,
      organization_id: null,
      brand_id: 1,
      ticket_form_id: null,
      custom_fields: [],
      created_at: at,
      updated_at: at,
      generated_timestamp: 0,
    });
    return id;
  }

  return {
    /** Oldest first. */
    created: created as readonly OpenedTicket[],
    create(given: NewTicket, key: string): ZendeskTicket {
      const body = JSON.stringify(given);
      const known = answered.get(key);
      if (known && known.body !== body)
        throw new ZendeskError('rejected', 'POST tickets answered 400 IdempotentRequestError', 400);
      const id = known?.id ?? open(given);
      answered.set(key, { id, body });
      return tickets.get(id) as ZendeskTicket;
    },
    find(externalId: string): ZendeskTicket | null {
      const found = created.find(({ ticket }) => ticket.external_id === externalId);
      return tickets.get(found?.id ?? 0) ?? null;
    },
  };
}

export type AgentRights = Omit<ZendeskAgent, keyof ZendeskUser>;

/** The default rights of an agent in the fake Zendesk. */
export const NO_RESTRICTION: AgentRights = {
  active: true,
  organization_id: null,
  ticket_restriction: null,
  custom_role_id: null,
  ticket_access: null,
  role_rights: null,
  group_ids: [],
};
