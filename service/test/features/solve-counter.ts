// The worked example of CONTRIBUTING: a capability that counts who solves tickets, with one of each kind of thing that a feature adds.

import { sql } from 'drizzle-orm';
import express from 'express';
import { z } from 'zod';
import type { Capability } from '../../src/app/features.ts';
import { defineJob, job, NOTHING } from '../../src/platform/jobs/job-queue.ts';
import { DONE, defineAction, refuse } from '../../src/sidebar/index.ts';

/** Sums up what was counted since the last time. */
const sumUpJob = defineJob({
  name: 'sum-up-solves',
  payload: NOTHING,
  schedule: { everyMs: 60_000, payload: {} },
});

/** An agent of the first tier says who helped to solve a ticket. */
const creditAction = defineAction({
  name: 'credit_helper',
  method: 'post',
  path: '/helpers',
  body: z.object({ helperId: z.int().positive() }),
  permission: { right: 'edit', only: ({ tiers }) => ({ tiers: tiers.slice(0, 1).map(({ id }) => id) }) },
  perform: async ({ tx, ticket, now }, { helperId }) => {
    if (ticket.status !== 'solved') return refuse('conflict', 'This ticket is not solved yet.');
    await tx.execute(
      sql`INSERT INTO solves (ticket_id, agent_id, solved_at) VALUES (${ticket.id}, ${helperId}, ${now.toISOString()})`,
    );
    return DONE;
  },
  audit: ({ helperId }) => ({ helperId }),
});

const TABLES = `
CREATE TABLE IF NOT EXISTS solves (ticket_id bigint NOT NULL, agent_id bigint, solved_at timestamptz NOT NULL, summed boolean NOT NULL DEFAULT false);
CREATE TABLE IF NOT EXISTS solve_sums (agent_id bigint PRIMARY KEY, solved bigint NOT NULL);
`;

export const solveCounter: Capability = ({ db, metrics, enqueue, policy }) => {
  const query = (text: string, values: unknown[] = []) => db.$client.query(text, values);
  const ready = query(TABLES);
  metrics.stored('deskwright_solves', 'Solves counted.', 'SELECT count(*) AS n FROM solves');
  return {
    name: 'solve-counter',
    ticketHooks: [
      {
        onChange: async (tx, { solved, after }) => {
          if (!solved) return;
          await tx.execute(
            sql`INSERT INTO solves (ticket_id, agent_id, solved_at) VALUES (${after.id}, ${after.assigneeId ?? 0}, now())`,
          );
        },
        onBatchProcessed: () => enqueue(sumUpJob, {}),
      },
    ],
    actions: [creditAction],
    jobs: [
      job(sumUpJob, async () => {
        await query(`
          WITH fresh AS (UPDATE solves SET summed = true WHERE NOT summed RETURNING agent_id)
          INSERT INTO solve_sums SELECT agent_id, count(*) FROM fresh GROUP BY agent_id
          ON CONFLICT (agent_id) DO UPDATE SET solved = solve_sums.solved + excluded.solved`);
      }),
    ],
    sweep: async (queue) => {
      const { rowCount } = await query('SELECT FROM solves WHERE NOT summed LIMIT 1');
      if (rowCount) await queue.enqueue(sumUpJob, {});
    },
    routes: () => {
      const router = express.Router();
      router.get('/solves', async (_request, response) => {
        const { rows } = await query('SELECT agent_id::float8 AS agent, solved::int FROM solve_sums ORDER BY 1');
        response.json({ company: policy.current().policy.company, solves: rows });
      });
      return [{ path: '/', router }];
    },
    readiness: {
      solves: async () => {
        await ready;
        return { ok: true, detail: 'solves are counted' };
      },
    },
    retention: [(now) => query('DELETE FROM solves WHERE solved_at < $1', [new Date(now.getTime() - 86_400_000)])],
  };
};
