import { day } from '../../kernel/day.js';
import { planImport } from './import-plan.js';
import type { KnownHousehold, KnownPerson } from './import-plan.js';
import type { SheetPerson } from './people-sheet.js';

const ID = '341702198503140010';
const CHILD_ID = '371602201206012340';
const indexes = {
  idNumber: (number: string) => `id:${number}`,
  phone: (number: string) => `phone:${number}`,
};
const today = day('2026-03-02');

const NOWHERE = { community: null, grid: null, building: null, home: null };
let rows = 1;
const told = (more: Partial<SheetPerson> = {}): SheetPerson => ({
  row: ++rows,
  name: '李建明',
  group: '三组',
  idNumber: null,
  bornOn: null,
  sex: null,
  phone: null,
  residence: null,
  category: null,
  tags: null,
  householdNumber: null,
  address: NOWHERE,
  origin: null,
  guardianIdNumber: null,
  ...more,
});

const home = (more: Partial<KnownHousehold> = {}): KnownHousehold => ({
  id: 'h1',
  number: '12',
  group: '三组',
  address: NOWHERE,
  ...more,
});
const known = (more: Partial<KnownPerson> = {}): KnownPerson => ({
  id: 'p1',
  name: '李建明',
  idIndex: null,
  bornOn: null,
  sex: null,
  phoneIndex: null,
  residence: 'HUKOU',
  category: 'NONE',
  tags: [],
  origin: null,
  guardianId: null,
  householdId: 'h1',
  ...more,
});
const registered = (...persons: Partial<KnownPerson>[]) => ({
  persons: persons.map((person, i) => known({ id: `p${i + 1}`, ...person })),
  households: [home(), home({ id: 'h2', number: '20' })],
});
const plan = (sheet: SheetPerson[], ...persons: Partial<KnownPerson>[]) =>
  planImport(sheet, registered(...persons), indexes, today);

beforeEach(() => (rows = 1));

it('adds whom it does not know', () => {
  expect(plan([told({ idNumber: ID })])).toMatchObject({
    adds: [{ facts: { idNumber: ID, residence: 'HUKOU' }, household: { group: '三组', number: null } }],
    updates: [],
    faults: [],
  });
});

it('changes nothing the second time', () => {
  const person = {
    idIndex: `id:${ID}`,
    bornOn: day('1985-03-14'),
    sex: 'male' as const,
    phoneIndex: 'phone:13900005341',
  };
  const again = told({
    idNumber: ID,
    phone: '13900005341',
    residence: 'HUKOU',
    tags: [],
    householdNumber: '12',
  });
  expect(plan([again], person)).toEqual({ adds: [], updates: [], unchanged: 1, faults: [] });
});

it('changes what the row says, and leaves what it does not say', () => {
  const { updates } = plan([told({ idNumber: ID, phone: '13900005341', tags: ['TENANT'] })], {
    idIndex: `id:${ID}`,
    bornOn: day('1985-03-14'),
    sex: 'male',
    category: 'SUBSISTENCE',
    residence: 'OUTSIDER',
  });
  expect(updates).toMatchObject([{ personId: 'p1', change: { phone: '13900005341', tags: ['TENANT'] } }]);
  expect(Object.keys(updates[0]?.change ?? {})).toEqual(['phone', 'tags']);
});

describe('a row without ID number meets', () => {
  it.each`
    row                                                | persons                                           | meets        | because
    ${{}}                                              | ${[{}]}                                           | ${'p1'}      | ${'name and group name one person'}
    ${{}}                                              | ${[{}, {}]}                                       | ${'a fault'} | ${'two of one name cannot be told apart'}
    ${{ bornOn: '1985-03-14' }}                        | ${[{ bornOn: '1985-03-14' }, {}]}                 | ${'p1'}      | ${'the birthday tells'}
    ${{ bornOn: '1985-03-14' }}                        | ${[{ bornOn: '1990-01-01' }]}                     | ${'nobody'}  | ${'another birthday is another person'}
    ${{ householdNumber: '20' }}                       | ${[{ householdId: 'h1' }, { householdId: 'h2' }]} | ${'p2'}      | ${'the household tells'}
    ${{ householdNumber: '31' }}                       | ${[{}]}                                           | ${'a fault'} | ${'a namesake of another household, or one who moved'}
    ${{ phone: '13900005341', householdNumber: '31' }} | ${[{ phoneIndex: 'phone:13900005341' }]}          | ${'p1'}      | ${'the phone tells, and the household is new'}
    ${{ group: '五组' }}                               | ${[{}]}                                           | ${'nobody'}  | ${'another group'}
    ${{ idNumber: '341702198503140010' }}              | ${[{}]}                                           | ${'a fault'} | ${'a number is not given to whom only the name fits'}
    ${{ idNumber: '341702198503140010' }}              | ${[{ bornOn: '1985-03-14' }]}                     | ${'p1'}      | ${'the number that was owed: its birthday fits'}
    ${{ idNumber: '341702198503140010' }}              | ${[{ idIndex: 'id:another' }]}                    | ${'nobody'}  | ${'two numbers are two people'}
  `(
    '$meets: $because',
    (each: { row: Partial<SheetPerson>; persons: Partial<KnownPerson>[]; meets: string }) => {
      // A category of its own, so that whoever is met is changed.
      const { adds, updates, faults } = plan([told({ ...each.row, category: 'ELDERLY' })], ...each.persons);
      const met = adds.length > 0 ? 'nobody' : (updates[0]?.personId ?? 'a fault');
      expect(met).toBe(each.meets);
      expect(faults).toHaveLength(each.meets === 'a fault' ? 1 : 0);
    },
  );
});

it('supplies the number that was owed', () => {
  const { updates } = plan([told({ idNumber: ID })], { bornOn: day('1985-03-14') });
  expect(updates).toMatchObject([{ identity: { idNumber: ID, bornOn: '1985-03-14', sex: 'male' } }]);
});

it('does not let a cell say otherwise than the number', () => {
  const person = { idIndex: `id:${ID}`, bornOn: day('1985-03-14'), sex: 'male' as const };
  expect(plan([told({ sex: 'female', householdNumber: '12' })], person)).toMatchObject({ unchanged: 1 });
});

it('does not believe a number that belongs to another name', () => {
  const { faults } = plan([told({ idNumber: ID, name: '王芳' })], { idIndex: `id:${ID}` });
  expect(faults).toMatchObject([{ row: 2, column: '身份证号' }]);
});

it('names the second of two rows that may be one person', () => {
  const { adds, faults } = plan([told({ idNumber: ID }), told({ idNumber: ID }), told(), told()]);
  expect(adds.map(({ row }) => row)).toEqual([2, 4]);
  expect(faults.map(({ row, reason }) => [row, /第 (\d) 行/.exec(reason)?.[1]])).toEqual([
    [3, '2'],
    [5, '4'],
  ]);
});

it('moves a person to the household whose number the row gives, and changes an address of the household', () => {
  const confirmed = { phoneIndex: 'phone:13900005341' };
  const moved = plan([told({ phone: '13900005341', householdNumber: '20' })], confirmed);
  expect(moved.updates).toMatchObject([{ moveTo: { number: '20' }, household: null }]);
  const addressed = plan([told({ address: { ...NOWHERE, home: '301' } })], {});
  expect(addressed.updates).toMatchObject([
    { moveTo: null, household: { group: '三组', address: { home: '301' } } },
  ]);
});

describe('D4-32 a guardian', () => {
  const child = { name: '李小明', idNumber: CHILD_ID, guardianIdNumber: ID };

  it('may stand in the same sheet, before or after', () => {
    const { adds } = plan([told(child), told({ idNumber: ID })]);
    expect(adds).toMatchObject([{ guardian: { row: 3 } }, { guardian: null }]);
  });

  it('may be in the register', () => {
    const { adds } = plan([told(child)], { idIndex: `id:${ID}`, bornOn: day('1985-03-14') });
    expect(adds).toMatchObject([{ guardian: { personId: 'p1' } }]);
  });

  it.each`
    sheet                                                                                                     | because
    ${[child]}                                                                                                | ${'is nowhere'}
    ${[{ ...child, guardianIdNumber: CHILD_ID }]}                                                             | ${'is the child'}
    ${[child, { idNumber: ID, guardianIdNumber: '810000199001010019' }]}                                      | ${'is under care'}
    ${[{ ...child, guardianIdNumber: '371602201206012340' }, { idNumber: '371602201206012340', name: '乙' }]} | ${'is a child too'}
  `('is refused who $because', ({ sheet }: { sheet: Partial<SheetPerson>[] }) => {
    const { faults } = plan(sheet.map(told));
    expect(faults.length).toBeGreaterThan(0);
  });
});

it('finds a birthday that is still to come', () => {
  expect(plan([told({ bornOn: '2026-03-03' })]).faults).toMatchObject([{ row: 2, column: '出生日期' }]);
});
