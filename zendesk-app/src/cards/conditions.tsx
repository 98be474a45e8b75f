// How does one read what a rule asked and what it saw?
import type { ConditionTrace } from '@deskwright/shared/contract';
import check from '@zendeskgarden/svg-icons/src/16/check-circle-stroke.svg?raw';
import cross from '@zendeskgarden/svg-icons/src/16/x-circle-stroke.svg?raw';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Icon } from '../parts/icon.tsx';
import { Hidden } from '../parts/text.tsx';
import { color } from '../theme/color.ts';
import { conditionWords } from './condition-words.ts';

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 6px;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
`;

const Item = styled.li<{ $held: boolean }>`
  display: flex;
  gap: 6px;

  & > span:first-child { margin-block-start: 3px; color: ${({ $held, theme }) => color($held ? 'foreground.success' : 'foreground.danger')({ theme })}; }
`;

const Saw = styled.p`
  color: ${color('foreground.subtle')};
`;

export function Conditions({ traces }: { readonly traces: readonly ConditionTrace[] }) {
  const { t, format } = useWords();
  return (
    <List>
      {traces.map((trace, at) => {
        const { asked, saw } = conditionWords({ t, format }, trace);
        return (
          // A trace has no id, and its place in the rule is what it is.
          <Item key={at} $held={trace.held}>
            <Icon svg={trace.held ? check : cross} />
            <div>
              <p>
                <Hidden>{trace.held ? t('why.held') : t('why.missed')}</Hidden>
                {asked}
              </p>
              <Saw>{saw}</Saw>
            </div>
          </Item>
        );
      })}
    </List>
  );
}
