// By when is an answer due, and is it late?
import type { Target } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Note } from '../parts/note.tsx';
import { useSidebar } from '../state/sidebar-context.tsx';
import { policyDurationWords } from './span-words.ts';

const Because = styled.p`
  opacity: 0.9;
`;

/** Due in less than this is worth a colour. */
const SOON_MS = 60 * 60_000;

export function TargetLine({ target }: { readonly target: Target }) {
  const { t, format } = useWords();
  const { now } = useSidebar();
  const left = Date.parse(target.dueAt) - now();
  const values = {
    within: policyDurationWords({ t, format }, target.within),
    when: format.clock(target.dueAt),
    span: format.duration(Math.abs(left)),
  };
  const kind = target.missed ? 'danger' : left < SOON_MS ? 'warning' : 'info';
  return (
    <Note kind={kind}>
      {target.missed ? t(`target.${target.kind}_overdue`, values) : t(`target.${target.kind}_due`, values)}
      {target.because === null ? null : <Because>{target.because}</Because>}
    </Note>
  );
}
