import type { Condition, ConditionGroup, Policy } from '@deskwright/shared';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { aPolicy, aTicket } from './testing/builders.ts';

const says = (...words: string[]): Condition => ({ field: 'text', operator: 'includes_any', value: words });
const trigger = (
  id: string,
  conditions: ConditionGroup,
  actions: Policy['triggers'][number]['actions'] = { category: 'bug' },
) => ({
  id,
  title: `About ${id}`,
  conditions,
  actions,
});
const missOf = (triggers: Policy['triggers'], description: string) =>
  decide(aTicket({ subject: '', description }), compilePolicy(aPolicy(triggers))).nearestMiss;

describe('the nearest miss', () => {
  it('is the trigger that needs the fewest conditions to turn out otherwise', () => {
    const triggers = [
      trigger('two', { all: [says('tent'), says('leaks')] }),
      trigger('one', { all: [says('boots'), says('blue')] }),
    ];

    expect(missOf(triggers, 'my blue jacket')).toMatchObject({
      triggerId: 'one',
      title: 'About one',
      missedBy: [{ wanted: ['boots'], saw: [], held: false }],
    });
  });

  it('is, among equals, the one with the most conditions met, then the first', () => {
    const triggers = [
      trigger('none-met', { all: [says('boots')] }),
      trigger('one-met', { all: [says('tent'), says('blue')] }),
      trigger('one-met-too', { all: [says('stove'), says('blue')] }),
    ];

    expect(missOf(triggers, 'my blue jacket')?.triggerId).toBe('one-met');
  });

  it('counts the easiest branch of any, and names what failed in all branches', () => {
    const triggers = [trigger('branches', { any: [says('tent'), { all: [says('boots'), says('wet')] }] })];

    expect(missOf(triggers, 'nothing')?.missedBy.map((one) => one.wanted)).toEqual([['tent'], ['boots'], ['wet']]);
  });

  it('names under none what was there and should not have been', () => {
    const triggers = [trigger('not-urgent', { all: [says('tent')], none: [says('urgent')] })];

    expect(missOf(triggers, 'urgent: tent')?.missedBy).toMatchObject([
      { operator: 'includes_none', wanted: ['urgent'], saw: ['urgent'], held: false },
    ]);
  });

  it('passes over triggers that set no category, that can never fire, and that stand behind the winner', () => {
    const triggers = [
      trigger('tags-only', { all: [says('boots')] }, { add_tags: ['x'] }),
      trigger('never', { none: [{}] }),
      trigger('winner', { all: [says('tent')] }),
      trigger('behind', { all: [says('boots')] }),
    ];

    expect(missOf(triggers, 'my tent')).toBeNull();
    expect(missOf(triggers, 'my jacket')?.triggerId).toBe('winner');
  });
});
