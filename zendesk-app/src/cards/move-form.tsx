// How does an agent pass a ticket on?
import type { EscalationCard } from '@deskwright/shared/contract';
import { type FormEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Note } from '../parts/note.tsx';
import { Row, Stack, SubTitle } from '../parts/text.tsx';
import { useHost } from '../state/host-context.tsx';
import { useCanAct, useSidebar } from '../state/sidebar-context.tsx';
import { useAct } from '../state/use-act.ts';
import { color } from '../theme/color.ts';
import { ConfirmMove } from './confirm-move.tsx';
import { MoveField } from './move-field.tsx';
import { AskedAlready } from './move-history.tsx';
import type { MoveTarget } from './move-target.ts';
import { useDraft } from './use-draft.ts';

const Form = styled.form`
  padding: 12px;
  border: 1px solid ${color('border.default')};
  border-radius: ${({ theme }) => theme.borderRadii.md};
`;

interface MoveFormProps extends Pick<EscalationCard, 'asked'> {
  readonly target: MoveTarget;
  /** Changes when the form is asked for again: the focus then comes here. */
  readonly turn: number;
  readonly onClose: () => void;
  readonly onMoved: () => void;
}

/** Text typed here outlives everything but the ticket's move: refusals, closing the form, a card read anew. */
export function MoveForm({ target, turn, asked, onClose, onMoved }: MoveFormProps) {
  const { t } = useWords();
  const host = useHost();
  const { store } = useSidebar();
  const canAct = useCanAct();
  const act = useAct();
  const { draft, write, drop } = useDraft(target);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [confirming, setConfirming] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useLayoutEffect(() => focusFirst(form.current), [turn]);
  // After the fields are drawn with their messages, so that a screen reader reads both.
  useLayoutEffect(() => {
    if (missing.length === 0) return;
    form.current?.querySelector<HTMLElement>('textarea[aria-invalid="true"]')?.focus();
  }, [missing]);

  function review(event: FormEvent): void {
    event.preventDefault();
    const empty = target.fields.filter(({ id, required }) => required && (draft.fields[id] ?? '').trim() === '');
    setMissing(empty.map(({ id }) => id));
    act.clear();
    setConfirming(empty.length === 0);
  }

  function closeOnEscape({ key, nativeEvent }: KeyboardEvent): void {
    // Escape while a word is being composed (Japanese, accents) throws away that word; while it is sent, the answer is awaited.
    if (key === 'Escape' && !nativeEvent.isComposing && !act.busy) onClose();
  }

  async function move(): Promise<void> {
    const said = t('escalate.moved', { to: target.name });
    const answer = await act.run(() => store.escalate({ to: target.to, ...draft }), said);
    if (answer === null) return;
    if (answer.ok) {
      drop();
      host.notify(said, 'notice');
      onMoved();
      return;
    }
    if (answer.refusal.fields.length === 0) return; // The same text may be sent again from where the agent is.
    setConfirming(false);
    setMissing(answer.refusal.fields);
  }

  return (
    <Form ref={form} noValidate onSubmit={review} onKeyDown={closeOnEscape} aria-label={moveTitle(t, target)}>
      <Stack>
        <SubTitle>{moveTitle(t, target)}</SubTitle>
        <AskedAlready asked={asked} />
        {target.fields.map((field) => (
          <MoveField
            key={field.id}
            field={field}
            value={draft.fields[field.id] ?? ''}
            missing={missing.includes(field.id)}
            readOnly={confirming}
            onChange={(value) => {
              write(field.id, value);
              setMissing((before) => before.filter((id) => id !== field.id));
            }}
          />
        ))}
        {act.problem === null ? null : (
          <Note kind="danger" live>
            {act.problem}
          </Note>
        )}
        {confirming ? (
          <ConfirmMove
            to={target.name}
            busy={act.busy}
            disabled={!canAct}
            onMove={() => void move()}
            onBack={() => {
              setConfirming(false);
              focusFirst(form.current);
            }}
          />
        ) : (
          <Row>
            <ActionButton type="submit" isPrimary disabled={!canAct}>
              {t('escalate.continue')}
            </ActionButton>
            <ActionButton isBasic onClick={onClose}>
              {t('cancel')}
            </ActionButton>
          </Row>
        )}
      </Stack>
    </Form>
  );
}

/** A policy may ask for no field at all. */
function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('textarea, [type="submit"]')?.focus();
}

function moveTitle(t: ReturnType<typeof useWords>['t'], { how, name }: MoveTarget): string {
  switch (how) {
    case 'up':
      return t('escalate.up', { tier: name });
    case 'back':
      return t('escalate.back', { tier: name });
    case 'hand_off':
      return t('departments.hand_off', { department: name });
  }
}
