import { shareResults, takeTurns } from './share-results.ts';

/** Work that ends when it is told to. */
function aWorkshop(atOnce: number) {
  const turns = takeTurns(atOnce);
  const started: string[] = [];
  const endings = new Map<string, (error?: Error) => void>();
  const compute = (name: string) =>
    new Promise<string>((resolve, reject) => {
      started.push(name);
      endings.set(name, (error) => (error ? reject(error) : resolve(name)));
    });
  return { turns, started, compute, end: (name: string, error?: Error) => endings.get(name)?.(error) };
}

test('no more run at a time, whatever is asked and whether it fails', async () => {
  const { turns, started, compute, end } = aWorkshop(2);
  const all = ['a', 'b', 'c', 'd'].map((name) => turns(() => compute(name)));
  expect(started).toEqual(['a', 'b']);
  end('a', new Error('the database is away'));
  await expect(all[0]).rejects.toThrow('away');
  end('b');
  await all[1];
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  for (const name of ['c', 'd']) end(name);
  expect(await Promise.all(all.slice(2))).toEqual(['c', 'd']);
  const after = turns(() => compute('e'));
  end('e');
  expect(await after).toBe('e');
});

test('who opens a page does not wait for what open pages of other questions show', async () => {
  const { turns, started, compute, end } = aWorkshop(1);
  const results = shareResults({
    compute,
    keyOf: (name: string) => name,
    holdMs: 0,
    turns,
    stopwatch: () => performance.now(),
  });
  const feeds = ['1', '2', '3'].map((question) => results.renew(question));
  const opened = results.get('mine');
  end('1');
  await feeds[0];
  end('mine');
  expect(await opened).toBe('mine');
  expect(started.slice(0, 2)).toEqual(['1', 'mine']);
  end('2');
  await feeds[1];
  end('3');
  await feeds[2];
});
