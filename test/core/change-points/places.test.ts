import { describe, expect, test } from 'vitest';
import { addPlace, nightAt, type Places, positionFrom } from '../../../src/core/change-points/places.ts';

/** A series that has nights 3 to 5, then 8 and 9, then 20. */
const nights = [3, 4, 5, 8, 9, 20];
const places: Places = [];
for (const [position, night] of nights.entries()) addPlace(places, position, night);

describe('the places of a series', () => {
  test('are kept as the beginnings of unbroken rows', () => {
    expect(places).toEqual([
      [0, 3],
      [3, 8],
      [5, 20],
    ]);
  });

  test.each([...nights.entries()])('position %i is night %i, and back', (position, night) => {
    expect([nightAt(places, position), positionFrom(places, night)]).toEqual([position, night].reverse());
  });

  test.each([
    [0, 0],
    [6, 3],
    [10, 5],
  ])('from night %i on, which it has not, it is position %i', (night, position) => {
    expect(positionFrom(places, night)).toBe(position);
  });

  test('have nothing before the first', () => {
    expect([nightAt(places, -1), nightAt([], 0)]).toEqual([null, null]);
  });
});
