// Who else can help, and are they there now?

import { isOpenAt, nextOpening, toBusinessCalendar } from '@deskwright/shared';
import type { DepartmentCard } from '@deskwright/shared/contract';
import type { CardContext } from './card-context.ts';
import { formFields } from './form-fields.ts';

export function departmentCards({ inForce: { policy }, now }: CardContext): DepartmentCard[] {
  return policy.departments.map((department) => {
    const calendar = toBusinessCalendar({
      time_zone: policy.time_zone,
      business_hours: department.hours ?? policy.business_hours,
    });
    const open = isOpenAt(now, calendar);
    const opensAt = open ? null : nextOpening(now, calendar);
    return {
      id: department.id,
      name: department.name,
      handles: department.handles ?? null,
      fields: formFields(department.fields ?? policy.escalation.fields),
      open,
      opensAt: opensAt === null ? null : new Date(opensAt).toISOString(),
      contact: (open ? department.contact : department.on_call) ?? null,
      answersWithin: department.answers_within ?? null,
    };
  });
}
