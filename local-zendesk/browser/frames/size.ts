// Which sizes may an app ask for?

/** `200`, `"200px"`, `"80vh"` as CSS; null for what is left out or makes no sense. */
export function cssSize(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? `${value}px` : null;
  if (typeof value !== 'string') return null;
  if (/^\d+(?:\.\d+)?$/.test(value)) return `${value}px`;
  return /^\d+(?:\.\d+)?(?:px|%|vh|vw|em|rem)$/.test(value) ? value : null;
}
