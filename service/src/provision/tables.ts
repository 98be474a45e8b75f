// Defines the tables of what Deskwright set up in Zendesk.
import { sql } from 'drizzle-orm';
import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, identity, time } from '../platform/storage/tables.ts';
import type { LastChange, ObjectKind, RawObject } from '../zendesk/account-objects.ts';
import type { FieldChange, ObjectRecord, Origin, Plan, StepAction, Values } from './plan.ts';

/** The objects that are ours now. */
export const provisionedObjects = pgTable('provisioned_objects', {
  key: text('key').primaryKey(),
  kind: text('kind').$type<ObjectKind>().notNull(),
  zendeskId: text('zendesk_id').notNull(),
  name: text('name').notNull(),
  origin: text('origin').$type<Origin>().notNull(),
  values: jsonb('values').$type<Values>().notNull(),
  ignored: jsonb('ignored').$type<Values>(),
  /** What somebody changed since, as of the last check; null: nothing. */
  drift: jsonb('drift').$type<Drift>(),
  driftAt: time('drift_at'),
});

export interface Drift {
  /** Whether it was deleted; then `changes` is empty. */
  isDeleted: boolean;
  changes: Pick<FieldChange, 'field' | 'from' | 'to'>[];
  by: LastChange | null;
}

/** Each apply and rollback. */
export const provisionApplies = pgTable('provision_applies', {
  id: identity(),
  plan: jsonb('plan').$type<Plan>().notNull(),
  planId: text('plan_id').notNull(),
  reason: text('reason').notNull(),
  who: text('who').notNull(),
  state: text('state', { enum: ['running', 'done', 'stopped'] }).notNull(),
  message: text('message'),
  startedAt: time('started_at').notNull().default(sql`now()`),
  endedAt: time('ended_at'),
});

/** Each step of them, written before Zendesk is called and again after. */
export const provisionSteps = pgTable(
  'provision_steps',
  {
    applyId: id('apply_id').notNull(),
    position: integer('position').notNull(),
    key: text('key').notNull(),
    kind: text('kind').$type<ObjectKind>().notNull(),
    name: text('name').notNull(),
    action: text('action').$type<StepAction>().notNull(),
    zendeskId: text('zendesk_id'),
    /** `intended`: the call may have been made. `undone`: it was not. */
    state: text('state', { enum: ['intended', 'done', 'undone'] }).notNull(),
    /** The whole object as Zendesk returned it; null: there was none. */
    before: jsonb('before').$type<RawObject>(),
    after: jsonb('after').$type<RawObject>(),
    recordBefore: jsonb('record_before').$type<ObjectRecord>(),
    recordAfter: jsonb('record_after').$type<ObjectRecord>(),
    at: time('at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.applyId, table.position] })],
);

export const PROVISION_TABLES = {
  provisioned_objects: { staysBecause: 'a row for each object that is ours in Zendesk' },
  provision_applies: {
    staysBecause: 'a row for each apply and rollback that people made; what the service did by itself goes',
  },
  provision_steps: { staysBecause: 'what an apply changed, so that a rollback can restore it' },
} as const;
