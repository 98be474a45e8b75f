// Limits the sizes that an app may ask for.
import { asRecord } from '../host/wire.ts';

export interface Size {
  width: string | null;
  height: string | null;
}

/** Of `{width, height}`. */
export function sizeOf(value: unknown): Size {
  const { width, height } = asRecord(value) ?? {};
  return { width: cssSize(width), height: cssSize(height) };
}

export function resizeFrame(iframe: HTMLIFrameElement, { width, height }: Size): void {
  if (width !== null) iframe.style.width = width;
  if (height !== null) iframe.style.height = height;
}

/** `200`, `"200px"`, `"80vh"` as CSS; null for a missing or invalid size. @internal */
export function cssSize(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? `${value}px` : null;
  if (typeof value !== 'string') return null;
  if (/^\d+(?:\.\d+)?$/.test(value)) return `${value}px`;
  return /^\d+(?:\.\d+)?(?:px|%|vh|vw|em|rem)$/.test(value) ? value : null;
}
