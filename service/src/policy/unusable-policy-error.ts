// The error of a policy the service cannot start with.

/** Thrown when there is no good policy to fall back to. The message is for the operator's eyes, several lines long. */
export class UnusablePolicyError extends Error {
  override readonly name = 'UnusablePolicyError';
}
