// Declares what a feature adds to a customer's timeline, as `timelineSources`.
import type { Policy } from '@deskwright/shared';
import type { TimelineEvent, TimelineSourceName } from '@deskwright/shared/contract';
import type { Queryable } from '../../platform/storage/database.ts';
import type { Agent } from '../identity/agent.ts';

export interface TimelineSource {
  readonly name: TimelineSourceName;
  /** The newest `limit` of the customer, on whatever ticket: who asks is shown only those of tickets that they may see. */
  read(db: Queryable, asked: TimelineAsked): Promise<readonly PastEvent[]>;
}

interface TimelineAsked {
  readonly requesterId: number;
  readonly policy: Policy;
  /** Who asks, and the groups by which the policy says what they may see. */
  readonly agent: Agent;
  readonly directory: { groupId: (name: string) => number | null };
  readonly limit: number;
}

export type PastEvent = TimelineEvent & { readonly at: Date; readonly ticketId: number | null };
