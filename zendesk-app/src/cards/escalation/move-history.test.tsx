// Tests what the card says of earlier moves.
import { screen } from '@testing-library/react';
import { anEscalation } from '../../testing/card-builders.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

it('counts changes of category apart from moves', async () => {
  await showSidebar({ card: { escalation: anEscalation({ moves: 2, corrections: 1 }) } });
  expect(screen.getByText('moved 2 times · category changed once')).toBeVisible();
});
