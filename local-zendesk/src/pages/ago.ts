// Formats a time as an age.

const MINUTE = 60_000;

/** Both in epoch milliseconds: "just now", "12 min ago", "3 h ago", "5 days ago". */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / MINUTE);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
