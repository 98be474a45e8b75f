// Opens many dashboards in a process of its own, and notes when each shows how many wait.
import { Agent, get } from 'node:http';

/**
 * @typedef {{ url: string, tokens: string[], viewers: number }} Start
 * @typedef {{ viewer: number, waiting: number, at: number }} Seen
 */

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
/** @type {Seen[]} */
let seen = [];
let events = 0;

// Streams that are still open would keep it alive until their tokens expire.
process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  const { start, report } = /** @type {{ start?: Start, report?: true }} */ (message);
  if (start) void openAll(start);
  if (report) {
    process.send?.({ seen, events });
    seen = [];
    events = 0;
  }
});

/** @param {Start} start */
async function openAll({ url, tokens, viewers }) {
  // A hundred at a time, as no listener accepts all at the same moment.
  for (let first = 0; first < viewers; first += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, viewers - first) }, (_, n) =>
        open(url, tokens[(first + n) % tokens.length] ?? '', first + n),
      ),
    );
  process.send?.({ opened: viewers });
}

/** @param {string} url @param {string} authorization @param {number} viewer @returns {Promise<void>} */
function open(url, authorization, viewer) {
  return new Promise((resolve, reject) => {
    get(`${url}/api/dashboard/live`, { agent, headers: { authorization } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`A stream answered ${response.statusCode}`));
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (/** @type {string} */ part) => {
        text += part;
        for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
          const waiting = /"waiting":\{"n":(\d+)/.exec(text.slice(0, end))?.[1];
          text = text.slice(end + 2);
          if (waiting === undefined) continue;
          events += 1;
          seen.push({ viewer, waiting: Number(waiting), at: Date.now() });
          resolve();
        }
      });
      response.on('end', () => reject(new Error('A stream ended')));
    }).on('error', reject);
  });
}
