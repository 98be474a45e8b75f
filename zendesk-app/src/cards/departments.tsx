// Which other departments can help, are they there, and whom does one turn to now?
import type { DepartmentCard } from '@deskwright/shared/contract';
import { Button } from '@zendeskgarden/react-buttons';
import { Tag } from '@zendeskgarden/react-tags';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Row, Stack, SubTitle, Subtle } from '../parts/text.tsx';
import { useCanAct } from '../state/sidebar-context.tsx';
import { policyDurationWords } from './span-words.ts';

const State = styled(Tag)`
  block-size: auto;
  white-space: normal;
`;

interface DepartmentsProps {
  readonly departments: readonly DepartmentCard[];
  readonly onChoose: (id: string) => void;
}

export function Departments({ departments, onChoose }: DepartmentsProps) {
  return (
    <Stack as="ul" $gap={12}>
      {departments.map((department) => (
        <li key={department.id}>
          <Department department={department} onChoose={onChoose} />
        </li>
      ))}
    </Stack>
  );
}

function Department({
  department,
  onChoose,
}: { readonly department: DepartmentCard } & Pick<DepartmentsProps, 'onChoose'>) {
  const { t, format } = useWords();
  const canAct = useCanAct();
  const { id, name, handles, open, opensAt, contact, answersWithin } = department;
  const opens =
    opensAt === null ? t('departments.closed') : t('departments.closed_until', { when: format.clock(opensAt) });
  return (
    <Stack $gap={2}>
      <Row>
        <SubTitle>{name}</SubTitle>
        <State size="small" {...(open ? { hue: 'green' } : {})}>
          <span>{open ? t('departments.open') : opens}</span>
        </State>
      </Row>
      {handles === null ? null : <Subtle>{handles}</Subtle>}
      {contact === null ? null : <p>{t('departments.contact', { contact })}</p>}
      {answersWithin === null ? null : (
        <Subtle>{t('departments.answers', { within: policyDurationWords({ t, format }, answersWithin) })}</Subtle>
      )}
      <div>
        <Button size="small" isLink disabled={!canAct} onClick={() => onChoose(id)}>
          {t('departments.hand_off', { department: name })}
        </Button>
      </div>
    </Stack>
  );
}
