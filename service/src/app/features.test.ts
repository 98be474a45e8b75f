import { z } from 'zod';
import type { EffectDefinition } from '../platform/outbox/effect-definition.ts';
import { simpleEffect } from '../platform/outbox/simple-effect.ts';
import { type Capability, performedKinds } from './features.ts';

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
