// What does the agent read when something they did was refused?
import type { Refusal } from '../api/refusal.ts';
import type { Translate } from '../i18n/load-words.ts';

export function tellProblem(t: Translate, { kind, group }: Refusal): string {
  switch (kind) {
    case 'unreachable':
      return t('problem.unreachable');
    case 'session_ended':
      return t('problem.session_ended');
    case 'forbidden':
      return t('problem.forbidden');
    case 'read_only':
      return t('problem.read_only');
    case 'group_not_allowed':
      return t('problem.group_not_allowed', { group });
    case 'not_found':
      return t('problem.not_found');
    case 'closed':
      return t('problem.closed');
    case 'solved':
      return t('escalate.solved');
    case 'no_such_group':
      return t('problem.no_such_group', { group });
    case 'conflict':
      return t('problem.conflict');
    case 'fields_missing':
      return t('problem.fields_missing');
    case 'too_many_requests':
      return t('problem.too_many_requests');
    case 'failed':
      return t('problem.failed');
  }
}
