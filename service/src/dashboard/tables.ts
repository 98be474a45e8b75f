// Defines the table of read-only links: to the dashboard on a wall, and to the company page about surveys.
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Tables } from '../platform/feature.ts';
import { bytea, id, identity, time } from '../platform/storage/tables.ts';

export const wallLinks = pgTable('wall_links', {
  id: identity(),
  /** Of the screen, as the admin called it. */
  name: text('name').notNull(),
  shows: text('shows', { enum: ['dashboard', 'company'] })
    .notNull()
    .default('dashboard'),
  tokenHash: bytea('token_hash').notNull(),
  createdBy: id('created_by').notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
  lastUsedAt: time('last_used_at'),
  revokedBy: id('revoked_by'),
  revokedAt: time('revoked_at'),
});

export const DASHBOARD_TABLES: Tables = {
  wall_links: {
    staysBecause: 'a row for each link that an admin made; it says who could see the dashboard or the company page',
  },
};
