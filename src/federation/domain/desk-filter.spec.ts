import {
  byPlace,
  cameFrom,
  cameFromText,
  isNarrowed,
  numberSought,
  placeText,
  queryOf,
  readFilter,
  readPlace,
} from './desk-filter.js';
import type { Place } from './desk-filter.js';

it.each`
  query                                    | address                                        | because
  ${{}}                                    | ${'view=mine'}                                 | ${'one sees what waits for one'}
  ${{ view: 'high', cause: 'FIRE' }}       | ${'view=high&cause=FIRE'}                      | ${'what filters stands in it'}
  ${{ view: 'x', cause: 'GOUT', risk: 1 }} | ${'view=mine'}                                 | ${'what is no value filters nothing'}
  ${{ society: '  柳溪 ', q: ' 12 ' }}     | ${'view=mine&society=%E6%9F%B3%E6%BA%AA&q=12'} | ${'without the blanks'}
  ${{ kind: ['grant', 'relief'] }}         | ${'view=mine'}                                 | ${'said twice is not said'}
`(
  '$query is $address, $because',
  ({ query, address }: { query: Record<string, unknown>; address: string }) => {
    expect(queryOf(readFilter(query))).toBe(address);
  },
);

it('is the same after it was an address', () => {
  const filter = readFilter({
    view: 'all',
    kind: 'grant',
    society: '柳&溪',
    state: 'SPLIT',
    due: 'late',
    q: '慈救2026-0003',
  });
  expect(cameFromText(queryOf(filter)).filter).toEqual(filter);
  expect([isNarrowed(filter), isNarrowed(readFilter({ view: 'high' }))]).toEqual([true, false]);
});

it('knows the place it came from, and no other', () => {
  const place = { dueAt: new Date('2026-03-02T01:00:00.000Z'), id: '019cac0f-2680-7319-b039-c1412bfc8a2d' };
  expect(readPlace(placeText(place))).toEqual(place);
  expect(cameFrom({ view: 'all', at: placeText(place) }).query).toBe(`view=all&at=${placeText(place)}`);
  for (const text of [null, '', '1', '_x', '12_%27', '9'.repeat(16) + '_x', ['1_a']])
    expect(readPlace(text)).toBeNull();
});

it('sorts by the hour, and by the id where two share one', () => {
  const at = (hour: number, id: string): Place => ({ dueAt: new Date(hour), id });
  expect([at(2, 'a'), at(1, 'c'), at(1, 'b')].sort(byPlace).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

it.each`
  text                    | sought                                       | because
  ${'2026-0012'}          | ${{ kind: null, year: 2026, number: 12 }}    | ${'as it is written'}
  ${'12'}                 | ${{ kind: null, year: null, number: 12 }}    | ${'as it is said'}
  ${'慈救2026-0003'}      | ${{ kind: 'relief', year: 2026, number: 3 }} | ${'of relief'}
  ${'２０２６-0012'}      | ${{ kind: null, year: 2026, number: 12 }}    | ${'full-width digits'}
  ${'0'}                  | ${null}                                      | ${'no number begins there'}
  ${'李建明'}             | ${null}                                      | ${'a name is no number, and finds nobody'}
  ${'341700199001010010'} | ${null}                                      | ${'nor is an identity number'}
`('“$text”: $because', ({ text, sought }: { text: string; sought: unknown }) => {
  expect(numberSought(text)).toEqual(sought);
});
