// Shows one thing that needs attention: what it is, what it counts, and its tickets.
import type { AttentionItem } from '@deskwright/shared/contract';
import alertWarning from '@zendeskgarden/svg-icons/src/16/alert-warning-stroke.svg?raw';
import styled from 'styled-components';
import { describeDuration } from '../../base/i18n/describe-duration.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Icon } from '../../base/ui/icon.tsx';
import { Row } from '../../base/ui/text.tsx';
import { usePage } from '../data/page-context.tsx';
import { Small } from '../parts/number.tsx';
import { TicketRef } from '../parts/ticket-ref.tsx';
import { texts } from '../texts.ts';
import { Acknowledge } from './acknowledge.tsx';

export const AttentionList = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 4px;
`;

const Item = styled.li`
  display: flex;
  gap: 6px;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
  & > span:first-child { color: ${color('foreground.warning')}; font-size: 14px; margin-block-start: 3px; }
  & > div { flex: 1; min-inline-size: 0; }
`;

type Difference = 'not_in_books' | 'not_at_provider' | 'other_amount' | 'made_although_given_back' | 'not_compared';

/** Of one kind: one thing, or several such as views whose order was restored. */
export interface Group {
  readonly kind: AttentionItem['kind'];
  readonly items: readonly AttentionItem[];
}

/** Equal kinds together, in the order of the first of each. */
export function groupByKind(attention: readonly AttentionItem[]): readonly Group[] {
  const kinds = [...new Set(attention.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ kind, items: attention.filter((item) => item.kind === kind) }));
}

export function AttentionGroup({ group: { kind, items } }: { readonly group: Group }) {
  const all = useTexts(texts);
  const { t, format } = all;
  const isOnWall = usePage().kind === 'wall';
  const [first] = items;
  if (first === undefined) return null;
  const isSeveral = items.length > 1;
  const what =
    isSeveral &&
    (kind === 'overruled_views' ||
      kind === 'drifted_objects' ||
      kind === 'category_rise' ||
      kind === 'refund_differences')
      ? t(`attention.several_${kind}`, { count: items.length })
      : wordsOf(first);
  const begun = items.flatMap(({ since }) => since ?? []).toSorted()[0];
  const since = begun === undefined ? null : <Small>{t('attention.since', { when: format.ago(begun) })}</Small>;

  function wordsOf(item: AttentionItem): string {
    if (item.kind === 'refund_differences') return t(`attention.differ_${item.about as Difference}`, { count: item.n });
    const about = item.kind === 'oldest_wait' ? describeDuration(all, item.about ?? '') : (item.about ?? '');
    return t(`attention.${item.kind}`, { count: item.n, about });
  }

  return (
    <Item>
      <Icon svg={alertWarning} />
      <div>
        {isOnWall ? (
          <>
            {what} {since}
          </>
        ) : (
          <Disclosure label={what} plain wraps aside={since}>
            <Small as="p">{t(`attention.explain.${kind}`)}</Small>
            {items.map((item) => (
              <div key={`${item.about} ${item.since} ${item.alarm}`}>
                {isSeveral ? wordsOf(item) : null}
                <Row as="ul">
                  {item.tickets.map((ticket) => (
                    <li key={ticket.id}>
                      <TicketRef ticket={ticket} />
                    </li>
                  ))}
                </Row>
                {item.alarm === undefined ? null : <Acknowledge alarm={item.alarm} />}
              </div>
            ))}
          </Disclosure>
        )}
      </div>
    </Item>
  );
}
