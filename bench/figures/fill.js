// Fills the history of a shop: five entries, six measures and a wait for each ticket, spread as real ones are.
import { makePartitions } from '../../service/dist/history/partitions.js';

/** Spreads rows as a hash would, from 0 to 1, and the same in every run. @param {string} n @param {number} salt */
const share = (n, salt) => `(((${n}::bigint + ${salt}) * 2654435761 % 4294967296) / 4294967296.0)`;
/** Nearly normal: the sum of several. @param {string} n */
const normal = (n) => `((${[11, 222, 3333, 44444].map((salt) => share(n, salt)).join(' + ')}) - 2) * 1.7`;

/**
 * @param {import('../../service/dist/platform/storage/database.js').Database} db an empty database
 * @param {{ tickets: number, days: number, now: Date, categories: readonly string[], agents: number }} size
 */
export async function fill(db, { tickets, days, now, categories, agents }) {
  const span = days * 86_400_000;
  const begin = new Date(now.getTime() - span);
  // Each call makes a month and the three after it.
  for (let at = begin.getTime(); at < now.getTime(); at += 30 * 86_400_000) await makePartitions(db, new Date(at));
  await makePartitions(db, now);
  const client = await db.$client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    await client.query(`CREATE UNLOGGED TABLE made AS
      SELECT n AS id, '${begin.toISOString()}'::timestamptz + interval '1 second' * floor((n + ${share('n', 7)} * 200) * ${span / 1_000} / (${tickets} + 200)) AS at,
        (ARRAY[${categories.map((category) => `'${category}'`).join(', ')}])[1 + floor(power(${share('n', 5)}, 2) * ${categories.length})::int] AS category,
        CASE WHEN ${share('n', 91)} < 0.7 THEN 't1' WHEN ${share('n', 92)} < 0.7 THEN 't2' ELSE 't3' END AS tier,
        (ARRAY['email', 'email', 'web', 'chat', 'voice'])[1 + floor(${share('n', 17)} * 5)::int] AS channel,
        1 + floor(${share('n', 23)} * ${agents})::int AS agent,
        floor(exp(8 + 1.4 * ${normal('n')}))::int AS reply_after, floor(exp(10 + 1.2 * ${normal('n + 99')}))::int AS solve_after
      FROM generate_series(1, ${tickets}) n`);
    await client.query(`INSERT INTO history (ticket_id, at, kind, value, ref, actor, actor_id, public, group_id, assignee_id, rule, source, recorded_at)
      SELECT id, at + k.after, kind, CASE k.kind WHEN 'created' THEN channel WHEN 'comment' THEN channel WHEN 'tier' THEN tier WHEN 'category' THEN category ELSE k.value END,
        CASE k.kind WHEN 'comment' THEN id * 10 + nr WHEN 'created' THEN 1000 + id END, k.actor, CASE k.actor WHEN 'agent' THEN agent END, CASE k.kind WHEN 'comment' THEN true END,
        CASE k.kind WHEN 'status' THEN 10 + right(tier, 1)::int END, CASE k.kind WHEN 'status' THEN agent END, CASE k.kind WHEN 'category' THEN 'rule-' || category END, 'event', at + k.after
      FROM made, LATERAL (VALUES (1, 'created', NULL, 'customer', interval '0'), (2, 'comment', NULL, 'customer', interval '0'),
        (3, 'category', NULL, 'us', interval '1 second'), (4, 'tier', NULL, 'us', interval '1 second'),
        (5, 'comment', NULL, 'agent', interval '1 second' * reply_after),
        (6, 'status', 'solved', 'agent', interval '1 second' * (reply_after + solve_after))) AS k(nr, kind, value, actor, after)
      WHERE k.nr <> 3 OR id % 5 <> 0`);
    await client.query(`INSERT INTO measures (ticket_id, figure, at, seconds, business_seconds, score, met, category, tier, channel, group_id, agent_id, detail)
      SELECT id, figure, at + interval '1 second' * after, seconds, seconds / 3, score, met, category, tier, channel, 10 + right(tier, 1)::int,
        CASE WHEN after > 0 THEN agent END, detail
      FROM made, LATERAL (VALUES
        ('arrival', 0, NULL, NULL, NULL, NULL), ('automatic_category', 0, NULL, NULL, true, 'rule-' || category),
        ('first_reply', reply_after, reply_after, NULL, reply_after < 14400, NULL),
        ('solve', reply_after + solve_after, NULL, NULL, NULL, NULL),
        ('full_resolution', reply_after + solve_after, reply_after + solve_after, NULL, NULL, NULL),
        (CASE id % 4 WHEN 0 THEN 'csat' WHEN 1 THEN 'next_reply' WHEN 2 THEN 'one_touch' ELSE 'reopen' END, reply_after + solve_after,
          CASE id % 4 WHEN 1 THEN solve_after END, CASE id % 4 WHEN 0 THEN 1 + (id / 4 % 5) END, CASE id % 4 WHEN 1 THEN solve_after < 28800 END, NULL)
        ) AS m(figure, after, seconds, score, met, detail)`);
    await client.query(`INSERT INTO waits (ticket_id, since, until, ended_by, agent_id, tier, group_id, placements)
      SELECT id, at, at + interval '1 second' * reply_after, 'reply', agent, tier, 10 + right(tier, 1)::int,
        jsonb_build_array(jsonb_build_object('at', at, 'tier', tier, 'groupId', 10 + right(tier, 1)::int, 'assigneeId', NULL, 'priority', NULL))
      FROM made`);
    // Who waits is read from the tickets: one in fifty is open.
    await client.query(`INSERT INTO tickets (id, subject, description, status, tags, created_at, updated_at, snapshot_at, tier, category, via, group_id, waiting_since)
      SELECT id, 'Order', '', CASE WHEN id % 50 = 0 THEN 'open' ELSE 'closed' END, '{}', at, at, at, tier, category, channel, 10 + right(tier, 1)::int,
        CASE WHEN id % 100 = 0 THEN at END FROM made WHERE id % 50 < 5`);
    await client.query('DROP TABLE made');
  } finally {
    client.release();
  }
}
