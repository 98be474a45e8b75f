// Starts the simulation once the service has subscribed.
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { Trickle } from './trickle.ts';

const CHECK_EVERY_MS = 500;

/** Starts the trickle once an active webhook listens to ticket events. Returns the function that stops waiting. */
export function startWhenSubscribed(trickle: Trickle, sender: Pick<WebhookSender, 'hasSubscriber'>): () => void {
  const timer = setInterval(() => {
    if (!sender.hasSubscriber()) return;
    clearInterval(timer);
    trickle.start();
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
