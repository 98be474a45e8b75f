// Fills a database like that of a busy shop: as many tickets as the argument says, three in ten waiting, with all related rows.
import { sized } from '../part.js';

export const TICKETS = Number(process.argv[2] ?? sized(100_000, 2_000));
export const WAITING = TICKETS * 0.3;
export const REQUESTERS = TICKETS * 0.4;
/** One in this many finished tickets has a conversation and decisions: ten million more rows would take minutes to insert and not affect a card. */
const WITH_STORY = TICKETS > 200_000 ? 20 : 1;
const HAS_STORY = `(waiting_since IS NOT NULL AND id % ${TICKETS > 200_000 ? 5 : 1} = 0 OR id % ${WITH_STORY} = 0)`;
export const AGENTS = 50;
/** Ids: agents from 1, groups 11 to 13, requesters from 1,000. */
const FIRST_REQUESTER = 1_000;

/** Spreads rows as a hash would, and the same in every run. @param {string} n @param {number} most */
const spread = (n, most) => `((${n}::bigint * 2654435761 % 4294967296) % ${most})`;

/**
 * Fills an empty database. Triggers are off meanwhile, because nothing listens yet.
 * @param {import('pg').Client} client
 * @param {{ now: Date, decision: object, sentence: string, policyHash: string, stepIds: string[], categories: { id: string, tier: string }[] }} like
 */
export async function fill(client, { now, decision, sentence, policyHash, stepIds, categories }) {
  const at = `'${now.toISOString()}'::timestamptz`;
  const category = `(ARRAY[${categories.map(({ id }) => `'${id}'`).join(',')}])[1 + ${spread('n + 7', categories.length)}]`;
  const tier = `CASE ${categories.map(({ id, tier: to }) => `WHEN c = '${id}' THEN '${to}'`).join(' ')} END`;
  // Texts as long as real mails; their content does not matter here.
  const words = `repeat('I ordered the tent in March and it has leaked since the first rain. ', (1 + n % 6)::int)`;
  await client.query('SET session_replication_role = replica');
  const run = (sql, values = []) => client.query(sql, values);

  await run(`INSERT INTO people (id, name, email, role, locale, fetched_at)
    SELECT n, 'Agent ' || n, 'agent' || n || '@northwind.test', 'agent', 'en-US', ${at} FROM generate_series(1, ${AGENTS}) n
    UNION ALL SELECT ${FIRST_REQUESTER} + n, 'Customer ' || n, 'c' || n || '@example.com', 'end-user', 'en-US', ${at}
    FROM generate_series(0, ${REQUESTERS - 1}) n`);
  // The newest wait; of the others one in ten is pending, the rest is finished. One customer in a thousand is a shop's own form.
  await run(
    `INSERT INTO tickets
    SELECT n, 'Order ' || n, ${words}, status, (ARRAY['low','normal','high','urgent',NULL])[1 + n % 5], NULL, 'email',
      ARRAY['category__' || c, 'tier__' || t], 10 + right(t, 1)::int,
      CASE WHEN n % 3 = 0 THEN 1 + ${spread('n', AGENTS)} END,
      ${FIRST_REQUESTER} + CASE WHEN n % 1000 = 0 THEN 0 ELSE ${spread('n', REQUESTERS)} END, NULL, 1, 1, '{"77": 5}', created, created + '1 hour', created + '1 hour',
      CASE WHEN status IN ('solved', 'closed') THEN created + '1 hour' END, CASE WHEN status = 'open' THEN created END, NULL,
      c, t, 'policy', NULL, created, $1
    FROM (SELECT n, c, ${tier} AS t, ${at} - (${TICKETS} - n) * interval '2 minutes' AS created,
        CASE WHEN n > ${TICKETS - WAITING} THEN 'open' WHEN n % 10 = 0 THEN 'pending' WHEN n % 10 < 4 THEN 'solved' ELSE 'closed' END AS status
      FROM (SELECT n, ${category} AS c FROM generate_series(1, ${TICKETS}) n) ids) AS made`,
    [policyHash],
  );
  // Question, answer with a question, chaser, note; finished tickets end with an answer.
  await run(`INSERT INTO comments
    SELECT t.id * 10 + k, t.id, CASE WHEN k IN (1, 3) THEN t.requester_id ELSE 1 + (t.id + k) % ${AGENTS} END,
      CASE WHEN k IN (1, 3) THEN 'customer' WHEN k = 4 THEN 'us' ELSE 'agent' END, k <> 4,
      CASE WHEN k IN (2, 5) THEN 'Hello. Which order is it about? We will let you know as soon as it is found. ' ELSE '' END || t.description,
      t.created_at + k * interval '10 minutes'
    FROM tickets t, generate_series(1, 5) k WHERE (k <> 5 OR t.waiting_since IS NULL) AND ${HAS_STORY}`);
  await run(
    `INSERT INTO decisions (ticket_id, trigger, policy_hash, decided_at, outcome, category, tier, decision, sentence)
    SELECT id, k, $1, created_at, CASE k WHEN 'ticket.created' THEN 'acted' ELSE 'unchanged' END, category, tier, $2::jsonb, $3
    FROM tickets, unnest(ARRAY['ticket.created', 'ticket.comment_added']) k WHERE ${HAS_STORY}`,
    [policyHash, JSON.stringify(decision), sentence],
  );
  await run(`INSERT INTO invitations (ticket_id, solved_at, survey, category, requester_id, state, due_at, sent_at)
    SELECT id, solved_at, CASE WHEN id % 2 = 0 THEN 'csat' ELSE 'ces' END, category, requester_id, 'answered', solved_at, solved_at
    FROM tickets WHERE solved_at IS NOT NULL AND id % 3 = 0`);
  await run(
    `INSERT INTO responses (invitation_id, score, answered_at, changed_at) SELECT id, 1 + id % 5, sent_at, sent_at FROM invitations`,
  );
  await run(
    `INSERT INTO guidance_ticks (ticket_id, step_id, agent_id, done_at)
    SELECT id, step, 1 + id % ${AGENTS}, updated_at FROM tickets, unnest($1::text[]) step WHERE id % 2 = 0`,
    [stepIds.slice(0, 2)],
  );
  await run(`INSERT INTO escalations (ticket_id, request_id, agent_id, kind, from_tier, from_group_id, target, said, escalated_at)
    SELECT id, 'r' || id, 1 + id % ${AGENTS}, 'tier', 't1', 11, 't2', '[{"label":"Summary","text":"It leaks."}]', updated_at FROM tickets WHERE id % 10 = 0`);
  await run(
    `INSERT INTO ticket_moves (ticket_id, from_group_id, to_group_id, moved_at) SELECT id, 11, 12, updated_at FROM tickets WHERE id % 10 = 0`,
  );
  await run(`INSERT INTO category_corrections (ticket_id, agent_id, before, to_category, to_tier)
    SELECT id, 1 + id % ${AGENTS}, '{"category":"other","tier":"t1","placedBy":"policy","groupId":11}', category, tier FROM tickets WHERE id % 20 = 0`);
  await run(`UPDATE tickets SET placed_by = 'human' WHERE id % 20 = 0`);
  await run(`INSERT INTO refunds (ticket_id, agent_id, amount_minor, currency, state, granted_at)
    SELECT n, 1 + n % ${AGENTS}, 500, 'USD', 'granted', ${at} - n * interval '1 minute' FROM generate_series(1, 20000) n`);
  await client.query('SET session_replication_role = origin');
  await run('VACUUM ANALYZE');
}

/** As many changes since the last VACUUM as PostgreSQL lets pass before the next (see the migration), spread over the waiting tickets. */
const CHANGES = sized(500, 10);

/** @param {import('pg').Client} client */
export async function changeSome(client) {
  await client.query('SET session_replication_role = replica');
  await client.query(
    `UPDATE tickets SET updated_at = updated_at + interval '1 minute'
     WHERE waiting_since IS NOT NULL AND id % ${WAITING / CHANGES} = 0`,
  );
  await client.query('SET session_replication_role = origin');
}
