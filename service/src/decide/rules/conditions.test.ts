import type { Condition, ConditionGroup, TicketFacts } from '@deskwright/shared';
import { aTicket, NOW } from '../testing/builders.ts';
import { compileRuleSet } from './rule-set.ts';

const HOUR = 3_600_000;

function ask(group: ConditionGroup, facts: Partial<TicketFacts> = {}) {
  const { rules, answer } = compileRuleSet([group]);
  const { distances, trace } = answer(aTicket(facts));
  return { holds: distances[0] === 0, traces: rules[0]?.leaves.map(trace) ?? [] };
}
const one = (condition: Condition, facts: Partial<TicketFacts> = {}) => ask({ all: [condition] }, facts);

describe('a condition', () => {
  it.each<[string, string, Condition['value'], Partial<TicketFacts>, boolean]>([
    ['status', 'less_than', 'solved', { status: 'hold' }, true],
    ['status', 'less_than', 'solved', { status: 'solved' }, false],
    ['status', 'greater_than', 'open', { status: 'pending' }, true],
    ['priority', 'less_than', 'high', { priority: 'normal' }, true],
    ['priority', 'is', 'urgent', { priority: 'urgent' }, true],
    ['priority', 'includes_any', ['high', 'urgent'], { priority: 'urgent' }, true],
    ['via', 'is', 'Email', { via: 'email' }, true],
    ['channel', 'is', 'email', { via: 'email' }, true],
    ['group', 'is', 'support tier 1', { group: 'Support Tier 1' }, true],
    ['organization', 'includes_any', ['acme'], { organization: 'Acme Outdoor Inc.' }, true],
    ['requester_email', 'includes_any', ['example.com'], { requesterEmail: 'robin@example.com' }, true],
    ['requester_email', 'matches', '@example\\.com$', { requesterEmail: 'robin@EXAMPLE.com' }, true],
    ['created_hours_ago', 'greater_than', 24, { createdAt: NOW - 25 * HOUR }, true],
    ['created_hours_ago', 'greater_than', 24, { createdAt: NOW - 24 * HOUR }, false],
    ['waiting_hours', 'less_than', 2, { waitingSince: NOW - HOUR }, true],
    ['tags', 'includes_any', ['vip'], { tags: ['VIP'] }, true],
    ['tags', 'includes_any', ['vip'], { tags: ['vip_customer'] }, false],
    ['tags', 'includes_all', ['a', 'b'], { tags: ['b', 'c', 'a'] }, true],
    ['tags', 'includes_none', ['a'], { tags: ['b'] }, true],
    ['tags', 'absent', undefined, { tags: [] }, true],
    ['custom_field:7', 'is', 'tent', { customFields: { 7: 'Tent' } }, true],
    ['custom_field:7', 'is', true, { customFields: { 7: true } }, true],
    ['custom_field:7', 'is', 3, { customFields: { 7: '3' } }, true],
    ['custom_field:7', 'is', 'red', { customFields: { 7: ['blue', 'red'] } }, true],
    ['custom_field:7', 'greater_than', 2, { customFields: { 7: '10' } }, true],
    ['custom_field:7', 'greater_than', 2, { customFields: { 7: 'many' } }, false],
    ['custom_field:7', 'includes_all', ['red', 'blue'], { customFields: { 7: ['blue', 'red'] } }, true],
    ['tags', 'includes_any', ['vip_*'], { tags: ['VIP_Gold'] }, true],
    ['tags', 'includes_any', ['exact:Ärger'], { tags: ['arger'] }, false],
    ['subject', 'is', 'Rückerstattung', { subject: 'RUECKERSTATTUNG' }, true],
    ['subject', 'is', 'Ruckerstattung', { subject: ' rückerstattung' }, true],
    ['subject', 'is', 'exact:año', { subject: 'Año' }, true],
    ['subject', 'is', 'exact:año', { subject: 'ano' }, false],
    ['subject', 'is_not', 'exact:US', { subject: 'us' }, true],
    ['organization', 'is', 'Łódź Café', { organization: 'Lodz cafe' }, true],
    ['text', 'includes_any', ['exact:US'], { subject: 'us', description: 'in the US' }, true],
    ['text', 'includes_all', ['exact:US', 'call'], { subject: 'Call', description: 'us' }, false],
    ['text', 'includes_any', ['my e-mail address'], { subject: 'My email address', description: '' }, true],
    ['text', 'includes_any', ['email address'], { subject: 'my e-mail-address', description: '' }, true],
    ['text', 'includes_any', ['e* address'], { subject: 'e-mail address', description: '' }, true],
    ['subject', 'present', undefined, { subject: '  ' }, false],
    ['comment', 'includes_any', ['still waiting'], { comment: 'I am STILL, waiting.' }, true],
    ['text', 'includes_any', ['money back'], { subject: 'my money', description: 'back pain' }, false],
    ['text', 'matches', 'money\\s+back', { subject: 'my money', description: 'back pain' }, true],
    ['text', 'matches', '^Übung', { subject: '', description: 'Übung' }, true],
    ['text', 'matches', 'Übung$', { subject: 'Übung', description: '' }, true],
    ['full_text', 'matches', '[^\\d]', { subject: '', description: '123' }, false],
    ['text', 'includes_all', ['tent', 'leak*'], { subject: 'Tent', description: 'it leaks' }, true],
    ['text', 'includes_all', ['tent', 'leak*'], { subject: 'Tent', description: 'it is fine' }, false],
    ['text', 'includes_none', ['tent'], { subject: 'Boots' }, true],
    ['text', 'not_matches', 'tent', { subject: 'TENT' }, false],
  ])('%s %s %j on %j: %s', (field, operator, value, facts, answer) => {
    expect(one({ field, operator, value }, facts).holds).toBe(answer);
  });

  it.each([
    ['is', false],
    ['is_not', true],
    ['less_than', false],
    ['greater_than', false],
    ['includes_any', false],
    ['includes_all', false],
    ['includes_none', true],
    ['matches', false],
    ['not_matches', true],
    ['present', false],
    ['absent', true],
  ])('with %s on an empty field is %s, as in Zendesk', (operator, answer) => {
    const value = operator.startsWith('includes') ? ['5'] : '5';

    expect(one({ field: 'custom_field:9', operator, value }).holds).toBe(answer);
    expect(one({ field: 'custom_field:9', operator, value }, { customFields: { 9: null } }).holds).toBe(answer);
  });

  it.each([
    ['text', 'includes_any', ['refund~', 'money back'], ['money, back', 'refnd']],
    ['text', 'includes_any', ['tent'], []],
    ['text', 'includes_any', ['gelt', 'exact:Money'], ['Money']],
    ['subject', 'matches', 'm.n.y', 'Money'],
    ['subject', 'matches', 'tent', 'Money, back'],
    ['status', 'is', 'open', 'new'],
    ['organization', 'includes_any', ['acme'], null],
    ['tags', 'includes_any', ['vip'], []],
  ])('records the value it was compared with: %s %s %j saw %j', (field, operator, value, saw) => {
    const facts = { subject: 'Money, back', description: 'A refnd and money   back', tags: ['a'] };

    expect(one({ field, operator, value }, facts).traces).toMatchObject([{ field, operator, wanted: value, saw }]);
  });

  it('shortens long texts', () => {
    const [trace] = one({ field: 'subject', operator: 'is', value: 'x' }, { subject: 'y'.repeat(500) }).traces;

    expect(trace?.saw).toBe(`${'y'.repeat(120)}…`);
  });

  it('ends where a backtracking engine would need years', () => {
    const text = `${'a'.repeat(16_000)}!`;
    expect(one({ field: 'description', operator: 'matches', value: '^(a+)+$' }, { description: text }).holds).toBe(
      false,
    );
  });

  it('is refused when its field or operator does not exist', () => {
    expect(() => one({ field: 'mood', operator: 'is', value: 'x' })).toThrow('no field "mood"');
    expect(() => one({ field: 'subject', operator: 'sounds_like', value: 'x' })).toThrow('no operator "sounds_like"');
  });
});

describe('a group', () => {
  const yes: Condition = { field: 'status', operator: 'is', value: 'new' };
  const no: Condition = { field: 'status', operator: 'is', value: 'open' };

  it.each<[string, ConditionGroup, boolean]>([
    ['nothing asked', {}, true],
    ['empty lists', { all: [], any: [], none: [] }, true],
    ['all', { all: [yes, no] }, false],
    ['any', { any: [no, yes] }, true],
    ['none', { none: [no] }, true],
    ['none of two', { none: [no, yes] }, false],
    ['any beside all', { all: [yes], any: [no] }, false],
    ['nested', { all: [{ any: [no, { none: [no] }] }], none: [{ all: [yes, no] }] }, true],
    ['not (nothing asked)', { none: [{}] }, false],
    ['not any', { none: [{ any: [no, no] }] }, true],
  ])('with %s', (_, group, answer) => {
    expect(ask(group).holds).toBe(answer);
  });

  it('shows a condition under none as its opposite, so that held means "as wanted"', () => {
    const { traces } = ask({
      none: [no, { field: 'created_hours_ago', operator: 'less_than', value: 1 }, { none: [{ ...yes, field: 'via' }] }],
    });

    expect(traces.map(({ operator, held }) => [operator, held])).toEqual([
      ['is_not', true],
      ['not less_than', true],
      ['is', false],
    ]);
  });
});
