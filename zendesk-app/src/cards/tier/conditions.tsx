// Lists the conditions of a policy trigger and what each found.
import type { ConditionTrace } from '@deskwright/shared/contract';
import check from '@zendeskgarden/svg-icons/src/16/check-circle-stroke.svg?raw';
import cross from '@zendeskgarden/svg-icons/src/16/x-circle-stroke.svg?raw';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { Icon } from '../../base/ui/icon.tsx';
import { Hidden } from '../../base/ui/text.tsx';
import { describeCondition } from './describe-condition.ts';
import { texts } from './texts.ts';

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

const Found = styled.p`
  color: ${color('foreground.subtle')};
`;

export function Conditions({ traces }: { readonly traces: readonly ConditionTrace[] }) {
  const { t, format } = useTexts(texts);
  return (
    <List>
      {traces.map((trace, at) => {
        const { asked, found } = describeCondition({ t, format }, trace);
        return (
          // A condition has no id; its position in the trigger identifies it.
          <Item key={at} $held={trace.held}>
            <Icon svg={trace.held ? check : cross} />
            <div>
              <p>
                <Hidden>{trace.held ? t('why.held') : t('why.missed')}</Hidden>
                {asked}
              </p>
              <Found>{found}</Found>
            </div>
          </Item>
        );
      })}
    </List>
  );
}
