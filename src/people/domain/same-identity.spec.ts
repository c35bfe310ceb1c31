import { day } from '../../kernel/day.js';
import { isLookAlike, samenessOf } from './same-identity.js';
import type { IdentityFacts, SameWhy } from './same-identity.js';

const facts = (more: Partial<IdentityFacts> = {}): IdentityFacts => ({
  id: null,
  name: '逄某',
  bornOn: day('1969-10-01'),
  group: '三组',
  origin: null,
  idIndex: null,
  phoneIndex: null,
  householdId: null,
  cardIndexes: [],
  ...more,
});

describe('D4-50 without an ID, name, birthday and place stand for it', () => {
  it.each`
    b                                        | same     | because
    ${{}}                                    | ${true}  | ${'all three are alike'}
    ${{ idIndex: 'i' }}                      | ${true}  | ${'one of the two has no number yet'}
    ${{ group: '五组' }}                     | ${false} | ${'another place'}
    ${{ group: '五组', origin: '大箐山县' }} | ${false} | ${'the place of one is not known'}
    ${{ bornOn: day('1969-10-02') }}         | ${false} | ${'another birthday'}
    ${{ bornOn: null }}                      | ${false} | ${'a birthday not known is not the same'}
    ${{ name: '逄某某' }}                    | ${false} | ${'another name'}
  `('$b: $same, $because', ({ b, same }: { b: Partial<IdentityFacts>; same: boolean }) => {
    expect(samenessOf(facts(), facts(b)).includes('NAME_BIRTH_PLACE')).toBe(same);
  });

  it('takes the place they come from, where the group differs', () => {
    const [a, b] = [facts({ origin: '大箐山县' }), facts({ origin: '大箐山县', group: '五组' })];
    expect(samenessOf(a, b)).toEqual(['NAME_BIRTH_PLACE']);
  });

  it('never calls two numbers one person', () => {
    expect(samenessOf(facts({ idIndex: 'i' }), facts({ idIndex: 'j' }))).toEqual([]);
  });
});

it('names number, phone, card and household', () => {
  const shared = { idIndex: 'i', phoneIndex: 'p', cardIndexes: ['c'], householdId: 'h', bornOn: null };
  expect(samenessOf(facts(shared), facts(shared))).toEqual(['ID', 'PHONE', 'CARD', 'HOUSEHOLD']);
});

it.each`
  why                   | asks     | because
  ${'NAME_BIRTH_PLACE'} | ${true}  | ${'D4-50 it may be the same person'}
  ${'PHONE'}            | ${true}  | ${'it may be, or a relative'}
  ${'ID'}               | ${false} | ${'it is refused, not asked about'}
  ${'HOUSEHOLD'}        | ${false} | ${'a household has many members'}
  ${'CARD'}             | ${false} | ${'a new person has none yet'}
`('asks 是不是他 about $why: $asks, $because', ({ why, asks }: { why: SameWhy; asks: boolean }) => {
  expect(isLookAlike(why)).toBe(asks);
});
