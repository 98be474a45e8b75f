// A list from which the agent may choose one entry, or none. Nothing is shown where the list is empty.
import { Field, Select } from '@zendeskgarden/react-forms';

interface Choice {
  readonly id: string;
  readonly name: string;
}

interface OptionalSelectProps {
  readonly label: string;
  readonly name: string;
  /** A service of the former version sends none. */
  readonly choices: readonly Choice[] | undefined;
  /** An id; what is not in the list counts as none. */
  readonly value: string | undefined;
  /** With `''` for none. */
  readonly onChange: (id: string) => void;
}

export function OptionalSelect({ label, name, choices = [], value, onChange }: OptionalSelectProps) {
  if (choices.length === 0) return null;
  return (
    <Field>
      <Field.Label>{label}</Field.Label>
      <Select
        isCompact
        name={name}
        value={chosenOf(choices, value) ?? ''}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">–</option>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** The id, as long as the list has it. */
export const chosenOf = (choices: readonly Choice[] | undefined, value: string | undefined): string | undefined =>
  choices?.find(({ id }) => id === value)?.id;
