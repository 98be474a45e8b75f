// Lists the criteria for escalation and marks those that apply to this ticket.
import type { Criterion } from '@deskwright/shared/contract';
import alertWarning from '@zendeskgarden/svg-icons/src/16/alert-warning-stroke.svg?raw';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Badge } from '../../base/ui/badge.tsx';
import { Icon } from '../../base/ui/icon.tsx';
import { Subtle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

const List = styled.ul`
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding-inline-start: 1.4em;

  & > li { list-style: disc; }
`;

export function Criteria({ criteria }: { readonly criteria: readonly Criterion[] }) {
  const { t } = useTexts(texts);
  if (criteria.length === 0) return null;
  return (
    <div>
      <Subtle>{t('when')}</Subtle>
      <List>
        {criteria.map(({ text, holds }) => (
          <li key={text}>
            {text}{' '}
            {holds === true ? (
              <Badge $kind="warning">
                <Icon svg={alertWarning} /> {t('applies')}
              </Badge>
            ) : null}
          </li>
        ))}
      </List>
    </div>
  );
}
