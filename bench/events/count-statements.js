// Preloaded into the service: counts the SQL statements sent to PostgreSQL, and writes the counts to a file on SIGUSR2.
import { writeFileSync } from 'node:fs';
import pg from 'pg';

/** @type {Map<string, number>} Times sent, by the first words of the statement. */
const counted = new Map();
/** @type {Record<'query', any>} */
const client = pg.Client.prototype;
const query = client.query;

/**
 * @this {any}
 * @param {any[]} args
 */
function counting(...args) {
  const [config] = args;
  const text = String(typeof config === 'string' ? config : (config?.text ?? ''))
    .replace(/\s+/g, ' ')
    .trim();
  const key = `${isOfQueue(this) ? 'queue: ' : ''}${text.slice(0, 90)}`;
  counted.set(key, (counted.get(key) ?? 0) + 1);
  return query.apply(this, /** @type {any} */ (args));
}
client.query = counting;

/** BullMQ's connections search its own schema. @param {any} client */
function isOfQueue(client) {
  return String(client.connectionParameters?.options ?? '').includes('bullmq');
}

process.on('SIGUSR2', () => {
  const file = process.env['COUNTED_STATEMENTS'];
  if (file) writeFileSync(file, JSON.stringify({ at: Date.now(), statements: Object.fromEntries(counted) }));
});
