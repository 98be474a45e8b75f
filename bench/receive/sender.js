// Sends signed webhooks over kept-alive connections, in a process of its own, and measures the answers.
import { once } from 'node:events';
import { connect } from 'node:net';
import { signedRequests } from './events.js';

/** @typedef {{ port: number, secret: string, count: number, connections: number, perSecond: number | null }} Order */

const [order] = await once(process, 'message');
process.send?.(await send(order));
process.disconnect();

/** @param {Order} order */
async function send({ port, secret, count, connections, perSecond }) {
  const requests = signedRequests(count, secret);
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(port)));
  const latencies = [];
  const statuses = new Map();
  const started = performance.now();
  let next = 0;

  /** Each line has one request under way. With a rate, latency counts from when the request was due, not from when a line was free. */
  async function work(line) {
    while (next < count) {
      const n = next++;
      const due = perSecond === null ? performance.now() : started + (n * 1_000) / perSecond;
      const early = due - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      const status = await line.ask(requests[n]);
      latencies.push(performance.now() - due);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  await Promise.all(lines.map(work));
  const seconds = (performance.now() - started) / 1_000;
  for (const line of lines) line.close();
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return { perSecond: count / seconds, p50: at(0.5), p99: at(0.99), statuses: Object.fromEntries(statuses) };
}

/** One connection. Answers are small and carry a content-length, so a few string searches read them. */
async function openLine(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  /** @type {(status: string) => void} */
  let answered = () => undefined;
  let seen = '';
  socket.setEncoding('latin1').on('data', (text) => {
    seen += text;
    const head = seen.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(seen)?.[1] ?? 0);
    if (seen.length < head + 4 + length) return;
    const status = seen.slice(9, 12);
    seen = '';
    answered(status);
  });
  return {
    ask: (request) =>
      new Promise((resolve) => {
        answered = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
