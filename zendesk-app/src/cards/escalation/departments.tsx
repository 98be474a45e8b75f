// Lists other departments: whether they are open, whom to contact, and how to hand off to them.
import type { DepartmentCard } from '@deskwright/shared/contract';
import { describeDuration } from '../../base/i18n/describe-duration.ts';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Badge } from '../../base/ui/badge.tsx';
import { Row, Stack, SubTitle, Subtle } from '../../base/ui/text.tsx';
import { GroupProblem } from './answer-form.tsx';
import { isAllowed } from './move-target.ts';
import { texts } from './texts.ts';

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

/** Times are local to the agent, and say so if the department's own time differs. */
function describeOpening({ t, format }: TextsOf<typeof texts>, department: DepartmentCard): string {
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
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const { id, name, hasTicket, missingGroup, closedGroup, handles, open, contact, answersWithin } = department;
  return (
    <Stack $gap={2}>
      <Row>
        <SubTitle>{name}</SubTitle>
        <Badge $kind={open ? 'success' : 'neutral'}>{describeOpening({ t, format }, department)}</Badge>
      </Row>
      {handles === null ? null : <Subtle>{handles}</Subtle>}
      {contact === null ? null : <p>{t('departments.contact', { contact })}</p>}
      {answersWithin === null ? null : (
        <Subtle>{t('departments.answers', { within: describeDuration({ t, format }, answersWithin) })}</Subtle>
      )}
      {hasTicket ? null : (
        <div>
          <ActionButton disabled={!canAct || !isAllowed(department)} onClick={() => onChoose(id)}>
            {t('departments.hand_off', { department: name })}
          </ActionButton>
        </div>
      )}
      <GroupProblem missingGroup={missingGroup} closedGroup={closedGroup} />
    </Stack>
  );
}
