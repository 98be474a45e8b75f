// Which other departments can help, are they there, and whom does one turn to now?
import type { DepartmentCard } from '@deskwright/shared/contract';
import { useWords, type Words } from '../i18n/words-context.tsx';
import { LinkButton } from '../parts/action-button.tsx';
import { Badge } from '../parts/badge.tsx';
import { Row, Stack, SubTitle, Subtle } from '../parts/text.tsx';
import { useCanAct } from '../state/sidebar-context.tsx';
import { MissingGroup } from './missing-group.tsx';
import { isOpenTo } from './move-target.ts';
import { policyDurationWords } from './span-words.ts';

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

/** Opening hours are the company's. Where its clock shows another time, an agent must know whose this is. */
function openWords({ t, format }: Pick<Words, 't' | 'format'>, department: DepartmentCard): string {
  const { open, opensAt, timeZone } = department;
  if (open) return t('departments.open');
  if (opensAt === null) return t('departments.closed');
  const when = format.clock(opensAt);
  return format.sameClock(opensAt, timeZone)
    ? t('departments.closed_until', { when })
    : t('departments.closed_until_yours', { when });
}

function Department({
  department,
  onChoose,
}: { readonly department: DepartmentCard } & Pick<DepartmentsProps, 'onChoose'>) {
  const { t, format } = useWords();
  const canAct = useCanAct();
  const { id, name, hasTicket, missingGroup, closedGroup, handles, open, contact, answersWithin } = department;
  return (
    <Stack $gap={2}>
      <Row>
        <SubTitle>{name}</SubTitle>
        <Badge $kind={open ? 'success' : 'neutral'}>{openWords({ t, format }, department)}</Badge>
      </Row>
      {handles === null ? null : <Subtle>{handles}</Subtle>}
      {contact === null ? null : <p>{t('departments.contact', { contact })}</p>}
      {answersWithin === null ? null : (
        <Subtle>{t('departments.answers', { within: policyDurationWords({ t, format }, answersWithin) })}</Subtle>
      )}
      {hasTicket ? null : (
        <div>
          <LinkButton disabled={!canAct || !isOpenTo(department)} onClick={() => onChoose(id)}>
            {t('departments.hand_off', { department: name })}
          </LinkButton>
        </div>
      )}
      <MissingGroup missingGroup={missingGroup} closedGroup={closedGroup} />
    </Stack>
  );
}
