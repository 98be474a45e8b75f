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
  it('is the trigger with the fewest conditions to change', () => {
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

  it('is none if nothing that a trigger looks for was present', () => {
    const triggers = [
      trigger('boots', { all: [says('boots')] }),
      // That no condition rules it out is not enough, however that is written.
      trigger('tent', { all: [says('tent')], none: [says('urgent')] }),
      trigger('stove', { all: [says('stove'), { field: 'text', operator: 'includes_none', value: ['urgent'] }] }),
      trigger('old', { all: [says('old'), { field: 'priority', operator: 'absent' }] }),
      trigger('not-blue', { none: [says('blue')] }),
    ];

    expect(missOf(triggers, 'my blue jacket')).toBeNull();
  });

  it('is no trigger that can never fire', () => {
    const triggers = [
      trigger('dead', { all: [says('blue')], none: [says('blue')] }),
      trigger('late', { all: [says('blue'), says('boots'), says('wet')] }),
    ];

    expect(missOf(triggers, 'my blue jacket')?.triggerId).toBe('late');
    expect(missOf(triggers.slice(0, 1), 'my blue jacket')).toBeNull();
  });

  it('prefers a trigger for which something was present, even if it needs more changes', () => {
    const triggers = [
      trigger('boots', { all: [says('boots')] }),
      trigger('wet-blue-tent', { all: [says('tent'), says('wet'), says('blue')] }),
    ];

    expect(missOf(triggers, 'my blue jacket')?.triggerId).toBe('wet-blue-tent');
  });

  it('counts what must not be absent as looked for', () => {
    const triggers = [
      trigger('a', { all: [says('boots')], none: [{ field: 'text', operator: 'includes_none', value: ['blue'] }] }),
      trigger('b', { all: [says('boots')], none: [{ none: [says('jacket')] }] }),
    ];

    expect(missOf(triggers.slice(0, 1), 'my blue jacket')?.triggerId).toBe('a');
    expect(missOf(triggers.slice(1), 'my blue jacket')?.triggerId).toBe('b');
  });

  it('is, among equals, the one with the most conditions met, then the first', () => {
    const triggers = [
      trigger('one-met-of-one-kind', { any: [says('tent'), { all: [says('boots'), says('blue')] }] }),
      trigger('two-met', { all: [says('tent'), says('blue'), says('jacket')] }),
      trigger('two-met-too', { all: [says('stove'), says('blue'), says('jacket')] }),
    ];

    expect(missOf(triggers, 'my blue jacket')?.triggerId).toBe('two-met');
  });

  it('counts the easiest branch of any, and names what failed in all branches', () => {
    const triggers = [trigger('branches', { any: [says('tent'), { all: [says('boots'), says('wet')] }] })];

    expect(missOf(triggers, 'a wet jacket')?.missedBy.map((one) => one.wanted)).toEqual([['tent'], ['boots']]);
  });

  it('names what was present and should not have been under none', () => {
    const triggers = [trigger('not-urgent', { all: [says('tent')], none: [says('urgent')] })];

    expect(missOf(triggers, 'urgent: tent')?.missedBy).toMatchObject([
      { operator: 'includes_none', wanted: ['urgent'], saw: ['urgent'], held: false },
    ]);
  });

  it('ignores triggers that set no category, can never fire or come after the winner', () => {
    const triggers = [
      trigger('tags-only', { all: [says('boots'), says('my')] }, { add_tags: ['x'] }),
      trigger('never', { none: [{}] }),
      trigger('winner', { all: [says('my'), says('tent')] }),
      trigger('behind', { all: [says('my'), says('boots')] }),
    ];

    expect(missOf(triggers, 'my tent')).toBeNull();
    expect(missOf(triggers, 'my jacket')?.triggerId).toBe('winner');
  });
});
