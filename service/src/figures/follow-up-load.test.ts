import { followUpLoad } from './follow-up-load.ts';

test('the load of follow-ups needs a team once one person cannot take it', () => {
  // 34 hours are what one person takes: 45 follow-ups of 45 minutes are 33.75.
  expect(followUpLoad(540, 12, 45)).toMatchObject({ perWeek: 45, hours: 33.75, needsTeam: false });
  expect(followUpLoad(552, 12, 45)).toMatchObject({ perWeek: 46, hours: 34.5, needsTeam: true });
  expect(followUpLoad(1_088, 12, 45).people).toBe(2);
  expect(followUpLoad(0, 12, 45)).toEqual({ perWeek: 0, hours: 0, people: 0, needsTeam: false });
});
