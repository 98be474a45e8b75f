// Builds histories and policies for tests of figures.

import type { MeasureId } from '@deskwright/shared';
import { type Policy, policySchema } from '@deskwright/shared';
import { DateTime } from 'luxon';
import type { HistoryEntry, HistoryKind } from '../history-entry.ts';
import type { Measure, TicketMeasures, ZendeskFigures } from '../measure.ts';

const ZONE = 'America/New_York';
export const [CUSTOMER, LENA, OMAR] = [900, 7, 8];
export const GROUPS: Readonly<Record<string, number>> = {
  'Support Tier 1': 11,
  'Support Tier 2': 12,
  'Support Tier 3': 13,
  Warehouse: 21,
};
export const groupIdOf = (name: string): number | null => GROUPS[name] ?? null;

/** Weekdays 9 to 18 in New York, closed on Thanksgiving; the warehouse works from 6 to 14. */
export function aPolicy(changes: Record<string, unknown> = {}): Policy {
  return policySchema.parse({
    version: 1,
    company: 'Northwind Outdoor',
    time_zone: ZONE,
    business_hours: { weekdays: { 'mon-fri': '09:00-18:00' }, holidays: ['2026-11-26'] },
    tiers: [
      { id: 't1', name: 'Tier 1', group: 'Support Tier 1', escalates_to: 't2' },
      { id: 't2', name: 'Tier 2', group: 'Support Tier 2', escalates_to: 't3' },
      { id: 't3', name: 'Tier 3', group: 'Support Tier 3' },
    ],
    categories: [
      { id: 'refunds', name: 'Refunds', tier: 't1', guidance: 'guidance/refunds.md' },
      { id: 'bug', name: 'Bug', tier: 't2' },
      { id: 'other', name: 'Other', tier: 't1' },
    ],
    default_category: 'other',
    targets: [
      { priority: 'urgent', first_reply: '30m', next_reply: '1h' },
      { first_reply: '4bh', next_reply: '8bh' },
    ],
    departments: [
      {
        id: 'warehouse',
        name: 'Warehouse',
        group: 'Warehouse',
        hours: { weekdays: { 'mon-fri': '06:00-14:00' }, holidays: ['2026-11-26'] },
        answers_within: '4bh',
      },
    ],
    ...changes,
  });
}

/** A moment on the clock in New York, such as `2026-11-20T16:00`. */
export const at = (local: string): Date => DateTime.fromISO(local, { zone: ZONE }).toJSDate();

type Parts = Partial<Omit<HistoryEntry, 'kind' | 'at'>>;

export function anEntry(local: string, kind: HistoryKind, parts: Parts = {}): HistoryEntry {
  return {
    ticketId: 42,
    at: at(local),
    kind,
    value: null,
    ref: null,
    actor: null,
    actorId: null,
    public: null,
    groupId: null,
    assigneeId: null,
    rule: null,
    ...parts,
  };
}

let comments = 0;
const said = { value: 'email', public: true } as const;

export const created = (local: string, parts: Parts = {}): HistoryEntry =>
  anEntry(local, 'created', { value: 'email', ref: CUSTOMER, actor: 'customer', actorId: CUSTOMER, ...parts });
export const asks = (local: string, parts: Parts = {}): HistoryEntry =>
  anEntry(local, 'comment', { ...said, ref: ++comments, actor: 'customer', actorId: CUSTOMER, ...parts });
export const answers = (local: string, agent = LENA, parts: Parts = {}): HistoryEntry =>
  anEntry(local, 'comment', { ...said, ref: ++comments, actor: 'agent', actorId: agent, ...parts });
export const becomes = (local: string, status: string, parts: Parts = {}): HistoryEntry =>
  anEntry(local, 'status', { value: status, actor: 'agent', actorId: LENA, ...parts });
/** By the policy: its trigger, or the default category. */
export const decided = (local: string, category: string, tier: string, rule: string | null = null): HistoryEntry[] => [
  anEntry(local, 'category', { value: category, actor: 'us', rule }),
  anEntry(local, 'tier', { value: tier, actor: 'us', rule }),
];
export const toGroup = (local: string, group: string, parts: Parts = {}): HistoryEntry =>
  anEntry(local, 'group', { ref: GROUPS[group] ?? null, actor: 'agent', actorId: LENA, ...parts });

/** A ticket that a customer wrote by mail, decided for Tier 1. */
export const opened = (local: string): HistoryEntry[] => [
  created(local),
  asks(local),
  ...decided(local, 'refunds', 't1', 'money-back'),
  toGroup(local, 'Support Tier 1', { actor: 'us', actorId: null }),
];

export const zendeskFigures = (parts: Partial<ZendeskFigures> = {}): ZendeskFigures => ({
  createdAt: at('2026-10-01T10:00'),
  solvedAt: null,
  channel: 'email',
  category: null,
  tier: null,
  groupId: null,
  assigneeId: null,
  firstReply: null,
  firstReplyBusiness: null,
  firstResolution: null,
  firstResolutionBusiness: null,
  fullResolution: null,
  fullResolutionBusiness: null,
  requesterWait: null,
  requesterWaitBusiness: null,
  replies: 0,
  reopens: 0,
  ...parts,
});

export const only = ({ measures }: TicketMeasures, figure: MeasureId): Measure[] =>
  measures.filter((measure) => measure.figure === figure);
