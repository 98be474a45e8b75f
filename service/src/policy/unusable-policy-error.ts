// The error for a policy that the service cannot start with.

/** Thrown when there is no earlier valid policy. The message is for operators and has several lines. */
export class UnusablePolicyError extends Error {
  override readonly name = 'UnusablePolicyError';
}
