// Compares two values by an operator.

const STATUS_ORDER = ['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted'];
const PRIORITY_ORDER = ['', 'low', 'normal', 'high', 'urgent'];

/** The value's rank: status and priority by their own order, everything else as number or text. */
function rank(field: string, value: string): number | string {
  if (field === 'status') return STATUS_ORDER.indexOf(value);
  if (field === 'priority') return PRIORITY_ORDER.indexOf(value);
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** `is`, `is_not`, `less_than`, `greater_than`, `present`, `not_present`. Unknown operators never match. */
export function compare(field: string, operator: string, actual: string, expected: string): boolean {
  switch (operator) {
    case 'is':
    case 'value':
      return actual === expected;
    case 'is_not':
    case 'not_value':
      return actual !== expected;
    case 'less_than':
      return rank(field, actual) < rank(field, expected);
    case 'greater_than':
      return rank(field, actual) > rank(field, expected);
    case 'present':
      return actual !== '';
    case 'not_present':
      return actual === '';
    default:
      return false;
  }
}
