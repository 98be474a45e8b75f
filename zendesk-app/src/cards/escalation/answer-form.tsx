// The form of a department that has the ticket: its answer, and the button that hands the ticket back.
import { ANSWER_FIELD, type Way } from '@deskwright/shared/contract';
import { type FormEvent, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { escalate } from './actions.ts';
import { useMove } from './move-context.tsx';
import { MoveField } from './move-field.tsx';
import { isAllowed, type MoveTarget } from './move-target.ts';
import { texts } from './texts.ts';

/** Keeps the typed text until the ticket has gone back. */
export function AnswerForm({ to }: { readonly to: Way }) {
  const { t } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const { finish } = useMove();
  const field = {
    id: ANSWER_FIELD,
    label: t('answer.label'),
    hint: t('answer.hint', { tier: to.name }),
    required: true,
  };
  const target: MoveTarget = { ...to, to: { kind: 'tier', id: to.id }, how: 'back', fields: [field] };
  const { draft, write, discard } = useDraft(`answer:${to.id}`);
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const answer = draft.fields[ANSWER_FIELD] ?? '';

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (answer.trim() === '') {
      setMissing(true);
      form.current?.querySelector('textarea')?.focus();
      return;
    }
    const done = await action.run(
      escalate({ to: target.to, fields: { [ANSWER_FIELD]: answer }, requestId: draft.requestId }),
      null,
    );
    if (done?.ok !== true) return;
    discard();
    finish(target);
  }

  return (
    <form ref={form} noValidate onSubmit={(event) => void send(event)} aria-label={t('back', { tier: to.name })}>
      <Stack>
        <MoveField
          field={field}
          value={answer}
          missing={missing}
          readOnly={action.busy}
          onChange={(value) => {
            write(ANSWER_FIELD, value);
            setMissing(false);
          }}
        />
        {action.problem === null ? null : (
          <Note kind="danger" live>
            {action.problem}
          </Note>
        )}
        <div>
          <ActionButton type="submit" isPrimary disabled={!canAct || !isAllowed(to)}>
            {action.busy ? t('moving') : t('back', { tier: to.name })}
          </ActionButton>
        </div>
        <GroupProblem missingGroup={to.missingGroup} closedGroup={to.closedGroup} />
      </Stack>
    </form>
  );
}

/** Renders nothing if the ticket can be moved there. */
export function GroupProblem({ missingGroup, closedGroup }: Pick<Way, 'missingGroup' | 'closedGroup'>) {
  const { t } = useTexts(texts);
  if (missingGroup !== null) return <Subtle>{t('problem.no_such_group', { group: missingGroup })}</Subtle>;
  return closedGroup === null ? null : <Subtle>{t('problem.group_not_allowed', { group: closedGroup })}</Subtle>;
}
