import { silentLogger } from '../../testing/pipeline-deps.ts';
import { stopInOrder } from './stop-in-order.ts';

const never = () => new Promise<never>(() => undefined);

test('steps run one after another, and each gets its time limit', async () => {
  const done: [string, number][] = [];
  const step = (name: string, leaves: number) => ({
    name,
    leaves,
    run: async (leftMs: number) => void done.push([name, Math.round(leftMs / 1000)]),
  });

  await stopInOrder([step('web', 8_000), step('work', 3_000), step('database', 0)], 20_000, silentLogger);

  expect(done).toEqual([
    ['web', 12],
    ['work', 17],
    ['database', 20],
  ]);
});

test('a part that hangs or fails is abandoned, so that the others still stop', async () => {
  const warned: unknown[] = [];
  const logger = { ...silentLogger, warn: (about: unknown) => warned.push(about) };
  let closed = false;
  const fails = async () => {
    throw new Error('gone');
  };

  await stopInOrder(
    [
      { name: 'web', leaves: 0, run: never },
      { name: 'work', leaves: 0, run: fails },
      {
        name: 'database',
        leaves: 0,
        run: async () => {
          closed = true;
        },
      },
    ],
    50,
    logger,
  );

  expect(closed).toBe(true);
  expect(warned).toMatchObject([{ part: 'web' }, { part: 'work', error: 'Error: gone' }]);
});
