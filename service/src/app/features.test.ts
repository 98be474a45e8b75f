import { z } from 'zod';
import type { EffectDefinition } from '../platform/outbox/effect-definition.ts';
import { simpleEffect } from '../platform/outbox/simple-effect.ts';
import { refundPaymentWith } from '../refunds/execution/refund-payment.ts';
import { NOBODY_VERIFIED } from '../refunds/record-refund.ts';
import { runTool } from '../tools/run-tool.ts';
import { type Capability, performedKinds, requireEffects } from './features.ts';

const POSTCARD: EffectDefinition<object> = {
  name: 'postcard',
  description: 'A postcard',
  payload: z.strictObject({}),
  whenInDoubt: 'retry',
  advise: () => 'Check that the address is right, then retry it.',
};

const postcards = {
  name: 'postcards',
  effectKinds: [simpleEffect(POSTCARD, { perform: async () => ({ outcome: 'done' }) })],
};

test('a kind of effect that is performed but not declared is an error that names it', () => {
  const undeclared: Capability = () => postcards;

  expect(() => performedKinds([postcards], [undeclared])).toThrow(
    'The feature "postcards" performs effects of the kind "postcard", which is not in its `effects`',
  );
});

test('a kind of effect that is declared is performed', () => {
  const declared: Capability = Object.assign(() => postcards, { effects: [POSTCARD] });

  expect(performedKinds([postcards], [declared])).toEqual(postcards.effectKinds);
});

test('a refund and a tool of the policy are tools of agents, whose effects their features must perform', () => {
  const tools = [refundPaymentWith(NOBODY_VERIFIED), runTool];
  expect(tools.map(({ name, effect, method }) => [name, effect, method])).toEqual([
    ['refund_payment', 'refund_payment', 'post'],
    ['run_tool', 'tool_run', 'post'],
  ]);
  expect(() => requireEffects({ ...postcards, actions: tools })).toThrow(
    'The tool "refund_payment" records the effect "refund_payment", which the feature "postcards" does not perform.',
  );
  expect(() => requireEffects({ ...postcards, actions: [{ ...runTool, effect: 'postcard' }] })).not.toThrow();
});
