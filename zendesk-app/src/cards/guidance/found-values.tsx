// Shows the numbers found in what the customer wrote, each with a button that copies it.
import type { FoundValues as Found } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { useAnnounce } from '../../base/ui/announcer.tsx';
import { Row, Subtle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

export function FoundValues({ found }: { readonly found: readonly Found[] }) {
  const { t } = useTexts(texts);
  const announce = useAnnounce();

  /** The value itself is selectable where the browser does not allow copying. */
  async function copy(value: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
      announce(t('copied', { value }));
    } catch {
      announce(t('copy_failed'));
    }
  }

  return found.map(({ label, values }) => (
    <Row key={label}>
      <Subtle as="span">{label.charAt(0).toUpperCase() + label.slice(1)}</Subtle>
      {values.map((value) => (
        <span key={value}>
          {value}{' '}
          <LinkButton aria-label={t('copy_this', { value })} onClick={() => void copy(value)}>
            {t('copy')}
          </LinkButton>
        </span>
      ))}
    </Row>
  ));
}
