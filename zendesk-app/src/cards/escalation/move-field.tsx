// Shows one field of the form.
import type { FormField } from '@deskwright/shared/contract';
import { Field, Textarea } from '@zendeskgarden/react-forms';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { texts } from './texts.ts';

interface MoveFieldProps {
  readonly field: FormField;
  readonly value: string;
  /** The field is required and empty. */
  readonly missing: boolean;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
}

export function MoveField({ field, value, missing, readOnly, onChange }: MoveFieldProps) {
  const { t } = useTexts(texts);
  return (
    <Field>
      <Field.Label>{field.required ? field.label : t('optional', { label: field.label })}</Field.Label>
      {field.hint === null ? null : <Field.Hint>{field.hint}</Field.Hint>}
      <Textarea
        isCompact
        minRows={2}
        maxRows={8}
        value={value}
        required={field.required}
        readOnly={readOnly}
        {...(missing ? { validation: 'error' as const } : {})}
        aria-invalid={missing}
        onChange={(event) => onChange(event.target.value)}
      />
      {missing ? <Field.Message validation="error">{t('missing', { label: field.label })}</Field.Message> : null}
    </Field>
  );
}
