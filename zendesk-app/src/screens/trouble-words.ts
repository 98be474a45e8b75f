// How does one tell an agent that the service does not answer as it should?
import type { Translate } from '../i18n/load-words.ts';
import type { Trouble } from '../state/ticket-view.ts';

export function troubleWords(t: Translate, { kind }: Trouble): string {
  switch (kind) {
    case 'unreachable':
      return t('page.unreachable');
    case 'session_ended':
      return t('page.session_ended');
    case 'forbidden':
      return t('page.forbidden');
    case 'not_found':
      return t('page.not_found');
    case 'failed':
      return t('page.failed');
  }
}
