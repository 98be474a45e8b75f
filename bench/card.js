// Measures the sidebar's card with 100,000 tickets, or with each of the numbers in `BENCH_SIZES` (such as `100000,1000000`).
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { keep, sized } from './part.js';

const USUAL = '100000';
const SIZES = (process.env['BENCH_SIZES'] ?? sized(USUAL, '2000')).split(',');

/** @type {Record<'ratios' | 'figures', Record<string, number>>} */
const all = { ratios: {}, figures: {} };
for (const size of SIZES) {
  const one = fork(fileURLToPath(new URL('card/at-size.js', import.meta.url)), [size]);
  one.on('message', (message) => {
    const measured = /** @type {typeof all} */ (message);
    // The usual size keeps its names, so that the history goes on.
    const named = size === USUAL || SIZES.length === 1 ? '' : ` with ${Number(size).toLocaleString('en-US')} tickets`;
    for (const kind of /** @type {const} */ (['ratios', 'figures']))
      for (const [name, value] of Object.entries(measured[kind] ?? {})) all[kind][name + named] = value;
  });
  const [code] = await once(one, 'exit');
  if (code !== 0) process.exitCode = 1;
}
keep(all);
