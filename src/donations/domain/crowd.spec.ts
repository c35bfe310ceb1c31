import { CROWD, mayNameHolder, mayTellMinute, shownPlaceOf } from './crowd.js';

const place = (village: number, town: number, county: number, city: number | null = null) =>
  shownPlaceOf([
    { level: 'VILLAGE', name: '柳溪村', paidCases: village },
    { level: 'TOWN', name: '柳溪镇', paidCases: town },
    { level: 'COUNTY', name: '柳溪县', paidCases: county },
    ...(city === null ? [] : [{ level: 'CITY' as const, name: '柳溪市', paidCases: city }]),
  ]);

it('is five', () => {
  expect(CROWD).toBe(5);
});

it.each`
  village | town  | county | city    | words       | isOwn    | because
  ${5}    | ${5}  | ${5}   | ${null} | ${'柳溪村'} | ${true}  | ${'five of the village are a crowd'}
  ${4}    | ${5}  | ${9}   | ${null} | ${'柳溪镇'} | ${false} | ${'four are none, five of the town are'}
  ${4}    | ${4}  | ${5}   | ${null} | ${'柳溪县'} | ${false} | ${'the county is the next place up'}
  ${4}    | ${4}  | ${4}   | ${null} | ${'本县'}   | ${false} | ${'no place is named'}
  ${4}    | ${4}  | ${4}   | ${5}    | ${'柳溪市'} | ${false} | ${'a city is wider than its county'}
  ${1}    | ${1}  | ${1}   | ${1}    | ${'本市'}   | ${false} | ${'no place is named, in a city'}
  ${12}   | ${40} | ${90}  | ${99}   | ${'柳溪村'} | ${true}  | ${'the narrowest that is wide enough'}
  ${0}    | ${5}  | ${5}   | ${null} | ${'柳溪镇'} | ${false} | ${'a claim that came back in whole counts nobody'}
`(
  '$village in the village, $town in the town, $county in the county: $words, $because',
  ({
    village,
    town,
    county,
    city,
    words,
    isOwn,
  }: Record<'village' | 'town' | 'county', number> & {
    city: number | null;
    words: string;
    isOwn: boolean;
  }) => {
    expect(place(village, town, county, city)).toEqual({ words, isOwn });
  },
);

it('names no place where it knows none', () => {
  expect(shownPlaceOf([])).toEqual({ words: '本县', isOwn: false });
});

it.each`
  places           | told     | because
  ${[]}            | ${true}  | ${'nothing was paid, so no day is hidden'}
  ${[true, true]}  | ${true}  | ${'every day is told anyway'}
  ${[true, false]} | ${false} | ${'the last entry may be the one whose day is hidden'}
`(
  'of uses in own places $places the minute is told: $told, $because',
  ({ places, told }: { places: boolean[]; told: boolean }) => {
    expect(mayTellMinute(places.map((isOwn) => ({ isOwn })))).toBe(told);
  },
);

it.each`
  isFederation | uses | isOwn    | named    | because
  ${false}     | ${0} | ${false} | ${true}  | ${'nothing was paid yet'}
  ${false}     | ${1} | ${false} | ${false} | ${'its name is the name of the village'}
  ${false}     | ${1} | ${true}  | ${true}  | ${'the village is a crowd'}
  ${true}      | ${9} | ${false} | ${true}  | ${'a federation is of no village'}
`(
  'federation $isFederation, $uses uses, own place $isOwn: named $named, $because',
  ({
    isFederation,
    uses,
    isOwn,
    named,
  }: Record<'isFederation' | 'isOwn' | 'named', boolean> & { uses: number }) => {
    const of = { isFederation, usesFromThere: uses, place: { words: '柳溪村', isOwn } };
    expect(mayNameHolder(of)).toBe(named);
  },
);
