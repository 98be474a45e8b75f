// Reads the same card plainly: one query for each part, one after another, over the same indexes.

/**
 * Reads the data of the card without processing it: no sentences, criteria, business time, targets, opening hours or promises.
 * The agent sees everything.
 * @param {import('pg').Pool} pool @param {number} ticketId @param {{ agentId: number, approvers: string[], dayBegan: Date }} asks
 */
export async function readPlainly(pool, ticketId, { agentId, approvers, dayBegan }) {
  /** @returns {Promise<any[]>} */
  const all = async (sql, ...values) => (await pool.query(sql, values)).rows;
  const [ticket] = await all('SELECT * FROM tickets WHERE id = $1', ticketId);
  if (!ticket) return null;
  const byName = (table, column) =>
    `SELECT x.*, p.name FROM ${table} x LEFT JOIN people p ON p.id = x.${column} WHERE x.ticket_id = $1`;
  const theirs = `SELECT * FROM tickets WHERE requester_id = $1 AND id <> $2 AND gone IS NULL`;
  return {
    ticket,
    requester: await all('SELECT * FROM people WHERE id = $1', ticket.requester_id),
    decision: await all('SELECT * FROM decisions WHERE ticket_id = $1 ORDER BY id DESC LIMIT 1', ticketId),
    corrections: await all(byName('category_corrections', 'agent_id'), ticketId),
    comments: await all(`${byName('comments', 'author_id')} AND x.public ORDER BY x.created_at`, ticketId),
    ticks: await all(byName('guidance_ticks', 'agent_id'), ticketId),
    escalations: await all(`${byName('escalations', 'agent_id')} ORDER BY x.id DESC`, ticketId),
    moves: await all('SELECT * FROM ticket_moves WHERE ticket_id = $1', ticketId),
    place: await all(
      `SELECT place, of FROM (
        SELECT id, row_number() OVER (ORDER BY waiting_since, id) AS place, count(*) OVER () AS of
        FROM tickets WHERE tier = $2 AND gone IS NULL AND waiting_since IS NOT NULL) queue WHERE id = $1`,
      ticketId,
      ticket.tier,
    ),
    next: await all(
      `SELECT * FROM tickets WHERE tier = $2 AND gone IS NULL AND waiting_since IS NOT NULL AND assignee_id IS NULL AND id <> $1
       ORDER BY waiting_since, id LIMIT 1`,
      ticketId,
      ticket.tier,
    ),
    refunds: await all(
      "SELECT sum(amount_minor) FROM refunds WHERE agent_id = $1 AND state = 'granted' AND granted_at >= $2",
      agentId,
      dayBegan,
    ),
    approvers: await all('SELECT * FROM people WHERE lower(email) = ANY($1)', approvers),
    answers: await all(
      `SELECT * FROM invitations i JOIN responses r ON r.invitation_id = i.id WHERE i.requester_id = $1
       ORDER BY r.answered_at DESC LIMIT 5`,
      ticket.requester_id,
    ),
    open: await all(
      `${theirs} AND status NOT IN ('solved', 'closed') ORDER BY created_at LIMIT 5`,
      ticket.requester_id,
      ticketId,
    ),
    openCount: await all(
      `SELECT count(*) FROM (${theirs} AND status NOT IN ('solved', 'closed')) open`,
      ticket.requester_id,
      ticketId,
    ),
    recent: await all(
      `${theirs} AND status IN ('solved', 'closed') ORDER BY updated_at DESC LIMIT 5`,
      ticket.requester_id,
      ticketId,
    ),
    promises: await all(
      `SELECT DISTINCT ON (c.ticket_id) c.* FROM comments c JOIN tickets t ON t.id = c.ticket_id
       WHERE t.requester_id = $1 AND c.public AND c.author <> 'customer' ORDER BY c.ticket_id, c.created_at DESC`,
      ticket.requester_id,
    ),
  };
}
