// How is one question of the form asked?
import type { FormField } from '@deskwright/shared/contract';
import { Field, Textarea } from '@zendeskgarden/react-forms';
import { useWords } from '../i18n/words-context.tsx';

interface MoveFieldProps {
  readonly field: FormField;
  readonly value: string;
  /** It is required and was left empty. */
  readonly missing: boolean;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
}

export function MoveField({ field, value, missing, readOnly, onChange }: MoveFieldProps) {
  const { t } = useWords();
  return (
    <Field>
      <Field.Label>{field.required ? field.label : t('escalate.optional', { label: field.label })}</Field.Label>
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
      {missing ? (
        <Field.Message validation="error">{t('escalate.missing', { label: field.label })}</Field.Message>
      ) : null}
    </Field>
  );
}
