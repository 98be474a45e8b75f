import { parsePhrase } from '@deskwright/shared';
import { buildFindPatterns } from './find-patterns.ts';

/** The policy's words that a customer's word matches. */
function found(word: string, policy: string): string[] {
  const words = policy.split(' ');
  return buildFindPatterns(words.flatMap((one) => parsePhrase(one).ways.flat()))(word).map((id) => words[id] ?? '');
}

describe('what a word matches', () => {
  it('is the word itself, not another form of it', () => {
    expect(found('refund', 'refund refunds')).toEqual(['refund']);
    expect(found('refunded', 'refund')).toEqual([]);
  });

  it('is every prefix that allows any ending', () => {
    expect(found('refunded', 're* refund* refunded refunds')).toEqual(['re*', 'refund*', 'refunded']);
  });

  it('is every suffix that allows any beginning, and every word inside it that allows both', () => {
    expect(found('stromrechnung', '*rechnung *nung *rechnun *echn* rechnung*')).toEqual([
      '*rechnung',
      '*nung',
      '*echn*',
    ]);
  });

  it('is a misspelling of a word that allows them', () => {
    expect(found('refnd', 'refund refund~ refund~*')).toEqual(['refund~', 'refund~*']);
  });

  it('is no misspelling when the policy contains it as it is spelt', () => {
    expect(found('purge', 'purse~')).toEqual(['purse~']);
    expect(found('purge', 'purse~ purge')).toEqual(['purge']);
    expect(found('purge', 'purse~ purg*')).toEqual(['purg*']);
  });

  it('is no misspelling when it is a common English word', () => {
    expect(found('changed', 'charged~')).toEqual([]);
    expect(found('chagred', 'charged~')).toEqual(['charged~']);
  });
});
