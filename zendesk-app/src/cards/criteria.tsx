// When should a ticket be escalated, and does it apply to this one?
import type { Criterion } from '@deskwright/shared/contract';
import alertWarning from '@zendeskgarden/svg-icons/src/16/alert-warning-stroke.svg?raw';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Badge } from '../parts/badge.tsx';
import { Icon } from '../parts/icon.tsx';

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding-inline-start: 1.4em;

  & > li { list-style: disc; }
`;

export function Criteria({ criteria }: { readonly criteria: readonly Criterion[] }) {
  const { t } = useWords();
  if (criteria.length === 0) return null;
  return (
    <List>
      {criteria.map(({ text, holds }) => (
        <li key={text}>
          {text}{' '}
          {holds === true ? (
            <Badge $kind="warning">
              <Icon svg={alertWarning} /> {t('escalate.applies')}
            </Badge>
          ) : null}
        </li>
      ))}
    </List>
  );
}
