import { until } from '../../platform/testing/until.ts';
import { createGroupCommit, type GroupCommitOptions, OverloadedError } from './group-commit.ts';

/** A commit that waits until the test releases it, and records its groups. */
function aStore(parts: Partial<GroupCommitOptions<string>> = {}) {
  const groups: string[][] = [];
  const proxies: { open: () => void; fail: (error: Error) => void }[] = [];
  const group = createGroupCommit<string>({
    commit: (items) => {
      groups.push(items);
      return new Promise((open, fail) => proxies.push({ open, fail }));
    },
    sizeOf: (item) => item.length,
    lingerMs: 0,
    maxGroup: 100,
    maxGroupBytes: 1_000,
    maxWaiting: 100,
    maxWaitingBytes: 1_000,
    ...parts,
  });
  return { group, groups, proxies };
}

async function markWhenDone(promise: Promise<void>, mark: () => void): Promise<void> {
  await promise;
  mark();
}

test('items that arrive during a commit form the next group', async () => {
  const { group, groups, proxies } = aStore();
  const first = group.add('a');
  await until(() => groups.length === 1);
  const others = [group.add('b'), group.add('c')];

  proxies[0]?.open();
  await first;
  await until(() => groups.length === 2);
  proxies[1]?.open();
  await Promise.all(others);

  expect(groups).toEqual([['a'], ['b', 'c']]);
});

test('acknowledges nothing before the commit is done', async () => {
  const { group, groups, proxies } = aStore();
  let reported = false;
  const added = markWhenDone(group.add('a'), () => (reported = true));
  await until(() => groups.length === 1);

  expect(reported).toBe(false);
  proxies[0]?.open();
  await added;
  expect(reported).toBe(true);
});

test('a failed commit rejects every member of its group, and the next group is committed', async () => {
  const { group, groups, proxies } = aStore();
  const outcomes = Promise.allSettled([group.add('a'), group.add('b')]);
  await until(() => groups.length === 1);
  const next = group.add('c');

  proxies[0]?.fail(new Error('gone'));
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  await until(() => groups.length === 2);
  proxies[1]?.open();
  await expect(next).resolves.toBeUndefined();
});

test('a group is limited by count and bytes, but has at least one item', async () => {
  const { group, groups, proxies } = aStore({ maxGroup: 2, maxGroupBytes: 5 });
  const added = Promise.all(['a', 'b', 'c', 'dddd', 'eeeeeeee'].map(group.add));
  for (let done = 0; done < 3; done += 1) {
    await until(() => groups.length === done + 1);
    proxies[done]?.open();
  }
  await added;

  expect(groups).toEqual([['a', 'b'], ['c', 'dddd'], ['eeeeeeee']]);
});

test('refuses items while too many wait, and accepts them again once those are stored', async () => {
  const { group, groups, proxies } = aStore({ maxWaiting: 2 });
  const first = group.add('a');
  await until(() => groups.length === 1);
  const waiting = [group.add('b'), group.add('c')];

  expect(group.isFull()).toBe(true);
  await expect(group.add('d')).rejects.toThrow(OverloadedError);

  proxies[0]?.open();
  await first;
  await until(() => groups.length === 2);
  expect(group.isFull()).toBe(false);
  proxies[1]?.open();
  await Promise.all(waiting);
});

test('refuses items while too many bytes wait, however few the items', async () => {
  const { group, groups, proxies } = aStore({ maxWaitingBytes: 10 });
  const first = group.add('a');
  await until(() => groups.length === 1);
  const second = group.add('x'.repeat(10));

  await expect(group.add('d')).rejects.toThrow(OverloadedError);
  proxies[0]?.open();
  await first;
  await until(() => groups.length === 2);
  proxies[1]?.open();
  await second;
});

test.each([0, 1, 2, 3, 4, 5, 6])('an item added %i microtasks after a commit is committed too', async (ticks) => {
  const { group, groups, proxies } = aStore();
  const chain = (async () => {
    await group.add('a');
    for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
    await group.add('b');
  })();
  for (let done = 0; done < 2; done += 1) {
    await until(() => groups.length === done + 1);
    proxies[done]?.open();
  }
  await chain;

  expect(groups).toEqual([['a'], ['b']]);
});

test('drained() resolves when the last group is committed', async () => {
  const { group, groups, proxies } = aStore();
  let drained = false;
  const added = group.add('a');
  const draining = markWhenDone(group.drained(), () => (drained = true));
  await until(() => groups.length === 1);
  expect(drained).toBe(false);
  proxies[0]?.open();
  await added;
  await draining;
  await expect(group.drained()).resolves.toBeUndefined();
});
