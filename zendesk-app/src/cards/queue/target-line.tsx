// Shows when a reply is due, or by how much it is overdue.
import type { Target } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { describeDuration } from '../../base/i18n/describe-duration.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { Note } from '../../base/ui/note.tsx';
import { texts } from './texts.ts';

const Reason = styled.p`
  opacity: 0.9;
`;

/** Replies due sooner than this are highlighted. */
const SOON_MS = 60 * 60_000;

export function TargetLine({ target }: { readonly target: Target }) {
  const { t, format } = useTexts(texts);
  const { now } = useSidebar();
  const left = Date.parse(target.dueAt) - now();
  const values = {
    within: describeDuration({ t, format }, target.within),
    when: format.clock(target.dueAt),
    span: format.duration(Math.abs(left)),
  };
  const kind = target.missed ? 'danger' : left < SOON_MS ? 'warning' : 'info';
  return (
    <Note kind={kind}>
      {target.missed ? t(`target.${target.kind}_overdue`, values) : t(`target.${target.kind}_due`, values)}
      {target.because === null ? null : <Reason>{target.because}</Reason>}
    </Note>
  );
}
