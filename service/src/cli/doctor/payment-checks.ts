// Checks the connection to Stripe: the key and its rights, the webhook, and the comparison of the books.
import { isOnThisMachine } from '../../app/config.ts';
import type { StripeSettings } from '../../app/stripe-settings.ts';
import { checkReconciliation, lastEventAt, readBooksRights } from '../../refunds/index.ts';
import { createStripeProvider } from '../../stripe/create-stripe-provider.ts';
import { type Check, failed, ok, skipped, type Verdict, warning } from './check.ts';
import type { DoctorDeps } from './parts.ts';

const GUIDE = 'docs/guides/connecting-stripe.md';

/** A check that is made where Stripe is connected, whatever the policy says. */
function ofStripe(name: string, run: (access: StripeSettings, deps: DoctorDeps) => Promise<Verdict>): Check {
  return {
    name,
    run: async (deps) => {
      const { stripe } = deps.config;
      if (stripe !== null) return run(stripe, deps);
      return deps.policy.refunds === undefined
        ? skipped('The policy has no refunds, and STRIPE_SECRET_KEY is not set.')
        : skipped(
            'STRIPE_SECRET_KEY is not set: agents record refunds that a person pays.',
            `Connect Stripe if refunds are to be made there (${GUIDE}).`,
          );
    },
  };
}

const key = ofStripe('stripe', async (access, { config }) => {
  const problems = await createStripeProvider(access).checkAccess();
  if (problems.length > 0) return failed(problems.join(' '), `Which rights the key needs: ${GUIDE}.`);
  const rights = 'may read charges, customers, disputes and refunds, and make refunds';
  if (!access.isTest) return ok(`STRIPE_SECRET_KEY is a live key, and ${rights}.`);
  return isOnThisMachine(config.zendesk.baseUrl)
    ? ok(`STRIPE_SECRET_KEY is a test key, which fits a local Zendesk, and ${rights}.`)
    : warning(
        `STRIPE_SECRET_KEY is a test key: refunds that agents of ${config.zendesk.baseUrl} make move no money.`,
        'Set a live key (rk_live_<key>) once refunds are not only tried.',
      );
});

const webhook = ofStripe('stripe webhook', async ({ webhookSecret }, { db, publicUrl }) => {
  const address = `${publicUrl ?? '<PUBLIC_URL>'}/webhooks/stripe`;
  if (webhookSecret === null)
    return warning(
      'STRIPE_WEBHOOK_SECRET is not set: refunds made elsewhere, and how pending ones end, are found once a day only.',
      `In Stripe, Developers > Webhooks, add the destination ${address}, and set its signing secret.`,
    );
  const at = await lastEventAt(db);
  return at === null
    ? warning(
        'STRIPE_WEBHOOK_SECRET is set, and no event of Stripe has been received with it yet.',
        `In Stripe, Developers > Webhooks, see that the destination is ${address}, how its deliveries were answered, and that its signing secret is the one that is set.`,
      )
    : ok(`The last event of Stripe was received at ${at.toISOString()}.`);
});

const books = ofStripe('refund books', async (_access, { db, now }) => {
  const check = await checkReconciliation(db, now());
  return check.warning === undefined
    ? ok(`${capital(check.detail ?? '')}.`)
    : warning(`${capital(check.warning)}.`, `Run deskwright refunds reconcile; what to do is in ${GUIDE}.`);
});

/** Whether the rights of the database keep the books, whatever the service does. */
const rights: Check = {
  name: 'refund rights',
  run: async ({ db, policy }) => {
    if (policy.refunds === undefined) return skipped('The policy has no refunds.');
    const { role, isOwner } = await readBooksRights(db);
    return isOwner
      ? ok(
          `The database refuses changes of the books of refunds. Role ${role} owns them, so whoever runs SQL as it could give itself the right.`,
          'If that has to be ruled out, give the books to a role of their own (docs/guides/refund-books.md).',
        )
      : ok(`Role ${role} does not own the books of refunds, and can only add to them.`);
  },
};

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const PAYMENT_CHECKS: readonly Check[] = [key, webhook, books, rights];
