import { finish, type Steps } from '../decide/steps.ts';
import { finishInTurns } from './compile-ahead.ts';

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
  it('come to the same at once and in turns', async () => {
    expect(finish(sumOf([1, 2, 3], []))).toBe(6);
    expect(await finishInTurns(sumOf([1, 2, 3], []))).toBe(6);
  });

  it('let other work have its turn in between', async () => {
    const order: number[] = [];
    const work = finishInTurns(sumOf([1, 2, 3], order), 0);
    setImmediate(() => order.push(-1));
    await work;

    expect(order.indexOf(-1)).toBeLessThan(order.indexOf(3));
  });

  it('hand on what is thrown', async () => {
    function* failing(): Steps<number> {
      yield;
      throw new Error('no');
    }

    await expect(finishInTurns(failing())).rejects.toThrow('no');
  });
});
