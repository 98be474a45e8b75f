import express from 'express';
import request from 'supertest';
import { createZendeskApi } from '../http/create-zendesk-api.ts';
import { createRandom } from '../random.ts';
import { aNorthwind } from '../testing/a-northwind.ts';
import { createFaults, type FaultOptions } from './faults.ts';
import { restGate } from './rest-gate.ts';

let now = 0;
const someFaults = (options: FaultOptions = {}, seed = 1) => createFaults(createRandom(seed), () => now, options);
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

beforeEach(() => {
  now = Date.parse('2026-03-01T12:00:00Z');
});

describe('webhook deliveries', () => {
  test('are sent once and immediately by default', () => {
    expect(someFaults().webhooks.fate()).toEqual({ copies: 1, delayMs: 0 });
  });

  test('are dropped the next two times, not the third', () => {
    const { webhooks } = someFaults({ webhooks: { drop: { next: 2 } } });
    expect(times(3, () => webhooks.fate().copies)).toEqual([0, 0, 1]);
    expect(webhooks.state().drop).toEqual({ rate: 0, next: 0, struck: 2 });
  });

  test('are doubled at a rate of about one in five, the same ones for the same seed', () => {
    const run = (seed: number) => {
      const { webhooks } = someFaults({ webhooks: { double: { rate: 0.2 } } }, seed);
      return times(1_000, () => webhooks.fate().copies);
    };
    const doubled = run(7).filter((copies) => copies === 2).length;
    expect(doubled).toBeGreaterThan(150);
    expect(doubled).toBeLessThan(250);
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
  });

  test('are throttled for a period as on a live account: listed, never sent', () => {
    const { webhooks } = someFaults({ webhooks: { throttle: { for_ms: 600_000 } } });
    const count = (status: string | undefined) => fates.filter(({ lostAs }) => lostAs === status).length;
    const fates = times(617, () => webhooks.fate());
    expect(count('throttled')).toBeGreaterThan(480);
    expect(count('throttled')).toBeLessThan(550);
    expect(count('circuit broken')).toBeGreaterThan(2);
    expect(count(undefined)).toBeGreaterThan(40);
    now += 600_000;
    expect(times(100, () => webhooks.fate().lostAs).filter(Boolean)).toEqual([]);
  });

  test('are throttled the next two times, until a reset', () => {
    const { webhooks, ...faults } = someFaults({ webhooks: { throttle: { next: 2 } } });
    expect(times(3, () => webhooks.fate().lostAs)).toEqual(['throttled', 'throttled', undefined]);
    webhooks.set({ throttle: { rate: 1 } });
    expect(webhooks.fate().lostAs).toBe('throttled');
    faults.reset();
    expect(webhooks.fate()).toEqual({ copies: 1, delayMs: 0 });
  });

  test('can be delayed and held back', () => {
    const { webhooks } = someFaults({ webhooks: { delay: { next: 1, ms: 60_000 }, reorder: { next: 1 } } });
    expect(webhooks.fate().delayMs).toBeGreaterThan(60_000);
    expect(webhooks.fate().delayMs).toBe(0);
  });
});

describe('REST calls', () => {
  const app = (options: FaultOptions) => {
    const faults = someFaults(options);
    const server = express().use(createZendeskApi({ account: aNorthwind(), gate: restGate(faults.rest) }));
    return { faults, get: (path: string) => request(server).get(path) };
  };

  test('answer 429 with retry-after a given number of times', async () => {
    const { get } = app({ rest: [{ answer: 429, next: 1, retry_after: 7 }] });
    const refused = await get('/api/v2/tickets').expect(429);
    expect(refused.headers['retry-after']).toBe('7');
    await get('/api/v2/tickets').expect(401);
  });

  test('answer 500 only for paths with the given prefix', async () => {
    const { get } = app({ rest: [{ answer: 500, path: '/api/v2/views' }] });
    expect((await get('/api/v2/tickets')).status).toBe(401);
    expect((await get('/api/v2/views/1?x=1')).status).toBe(500);
  });

  test('answer 503 for a while', async () => {
    const { get, faults } = app({ rest: [{ answer: 503, for_ms: 10_000 }] });
    await get('/api/v2/x').expect(503);
    now += 10_000;
    await get('/api/v2/x').expect(404);
    expect(faults.state().rest).toEqual([]);
  });

  test('get no answer', async () => {
    const { get } = app({ rest: [{ answer: 'timeout', next: 1 }] });
    await expect(get('/api/v2/x').timeout(50)).rejects.toThrow(/timeout/i);
    await get('/api/v2/x').expect(404);
  });

  test('work again after a reset', async () => {
    const { get, faults } = app({ rest: [{ answer: 500 }], webhooks: { drop: { rate: 1 } } });
    faults.reset();
    await get('/api/v2/x').expect(404);
    expect(faults.webhooks.fate().copies).toBe(1);
  });
});
