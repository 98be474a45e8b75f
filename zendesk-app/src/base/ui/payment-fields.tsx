// The fields of a payment that an agent enters for a refund by hand: order, amount paid and date.
import { Field, Input } from '@zendeskgarden/react-forms';
import { useTexts } from '../i18n/texts-context.tsx';

type Name = 'order' | 'paid' | 'paidOn';

const FIELDS = [
  { name: 'order', label: 'entered_payment.order', bad: 'entered_payment.bad_order', type: 'text' },
  { name: 'paid', label: 'entered_payment.paid', bad: 'entered_payment.bad_paid', type: 'text' },
  { name: 'paidOn', label: 'entered_payment.paid_on', bad: 'entered_payment.bad_paid_on', type: 'date' },
] as const;

interface EnteredPayment {
  /** The first field that is empty or cannot be read; null: none. */
  readonly wrong: Name | null;
  /** Null: something is wrong. `paid`: minor units. */
  readonly paid: { readonly order: string; readonly paid: number; readonly paidOn: string } | null;
}

/** @param fields of the form's draft. @param parse the minor units of a written amount */
export function readPayment(
  { order = '', paid = '', paidOn = '' }: Readonly<Record<string, string>>,
  parse: (written: string) => number | null,
): EnteredPayment {
  const minor = parse(paid);
  const wrong = order.trim() === '' ? 'order' : minor === null ? 'paid' : paidOn === '' ? 'paidOn' : null;
  return { wrong, paid: wrong === null && minor !== null ? { order: order.trim(), paid: minor, paidOn } : null };
}

interface PaymentFieldsProps {
  readonly fields: Readonly<Record<string, string>>;
  readonly currency: string;
  readonly wrong: Name | null;
  readonly write: (field: Name, value: string) => void;
}

export function PaymentFields({ fields, currency, wrong, write }: PaymentFieldsProps) {
  const { t } = useTexts();
  return FIELDS.map(({ name, label, bad, type }) => (
    <Field key={name}>
      <Field.Label>{t(label, { currency })}</Field.Label>
      <Input
        isCompact
        name={name}
        type={type}
        autoComplete="off"
        required
        maxLength={40}
        {...(name === 'paid' ? { inputMode: 'decimal' as const } : {})}
        value={fields[name] ?? ''}
        aria-invalid={wrong === name}
        {...(wrong === name ? { validation: 'error' as const } : {})}
        onChange={(event) => write(name, event.target.value)}
      />
      {wrong === name ? <Field.Message validation="error">{t(bad)}</Field.Message> : null}
    </Field>
  ));
}
