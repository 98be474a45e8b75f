import { createTurns } from './process-batch.ts';

/** Work that a test ends. */
function work() {
  const seen = { began: false, end: (): void => undefined };
  const run = (): Promise<void> =>
    new Promise((resolve) => {
      seen.began = true;
      seen.end = resolve;
    });
  return { run, seen };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('shared work runs in parallel; exclusive work waits for it and delays later work', async () => {
  const turns = createTurns();
  const [first, second, alone, later] = [work(), work(), work(), work()];
  const all = [turns.beside(first.run), turns.beside(second.run), turns.alone(alone.run), turns.beside(later.run)];
  await settle();
  expect([first, second, alone, later].map(({ seen }) => seen.began)).toEqual([true, true, false, false]);

  first.seen.end();
  second.seen.end();
  await settle();
  expect([alone.seen.began, later.seen.began]).toEqual([true, false]);

  alone.seen.end();
  await settle();
  later.seen.end();
  await Promise.all(all);
});

test('work that fails releases the lock', async () => {
  const turns = createTurns();
  await expect(turns.alone(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turns.beside(async () => 'done')).toBe('done');
});
