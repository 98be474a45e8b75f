import { finish, runInTurns, type Steps } from './steps.ts';

function* sumOf(numbers: readonly number[], taken: number[]): Steps<number> {
  let sum = 0;
  for (const number of numbers) {
    taken.push(number);
    sum += number;
    yield;
  }
  return sum;
}

describe('steps', () => {
  it('give the same result with and without pauses', async () => {
    expect(finish(sumOf([1, 2, 3], []))).toBe(6);
    expect(await runInTurns(sumOf([1, 2, 3], []))).toBe(6);
  });

  it('let other work run in between', async () => {
    const order: number[] = [];
    const work = runInTurns(sumOf([1, 2, 3], order), 0);
    setImmediate(() => order.push(-1));
    await work;

    expect(order.indexOf(-1)).toBeLessThan(order.indexOf(3));
  });

  it('pass errors on', async () => {
    function* failing(): Steps<number> {
      yield;
      throw new Error('no');
    }

    await expect(runInTurns(failing())).rejects.toThrow('no');
  });
});
