import fc from 'fast-check';
import { addDays, day } from '../day.js';
import { ID_NUMBER_REFUSALS, maskIdNumber, readIdNumber } from './id-number.js';

it.each([
  ['an odd serial number: a man', '341702198503140010', '1985-03-14', 'male'],
  ['an even one: a woman', '341702198503140029', '1985-03-14', 'female'],
  ['the check X', '34170219850314007X', '1985-03-14', 'male'],
  ['a leap day', '371603198002291239', '1980-02-29', 'male'],
  ['a minor until 2030', '371602201206012340', '2012-06-01', 'female'],
  ['an old number, its place abolished since', '341723194901019981', '1949-01-01', 'female'],
  ['the residence permit of Hong Kong', '810000199001010019', '1990-01-01', 'male'],
  ['the sample known to all', '11010519491231002X', '1949-12-31', 'female'],
])('D5 %s: %s', (_, number, bornOn, sex) => {
  expect(readIdNumber(number)).toEqual({ ok: true, number, bornOn, sex });
});

it.each([
  ['D4-52 a small x', '11010519491231002x', '11010519491231002X'],
  ['full-width characters', '１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
  ['blanks for the eye', ' 110105 19491231 002X ', '11010519491231002X'],
])('%s is stored as %s', (_, typed, number) => {
  expect(readIdNumber(typed)).toMatchObject({ ok: true, number });
});

it.each([
  ['D5 29 February of a common year', '371603197802290010', 'birthday'],
  ['month 13', '341702198513140010', 'birthday'],
  ['a year before anybody alive', '341702018503140010', 'birthday'],
  ['the last digit changed', '341702198503140011', 'check'],
  ['two digits exchanged', '341702198503140100', 'check'],
  ['seventeen digits', '34170219850314001', 'shape'],
  ['nineteen digits', '3417021985031400100', 'shape'],
  ['fifteen digits, out of use since 2013', '341702850314001', 'shape'],
  ['X in the middle', '34170219850314X010', 'shape'],
  ['another letter at the end', '34170219850314001A', 'shape'],
  ['a zero in front', '041702198503140010', 'shape'],
  ['empty', '', 'shape'],
] as const)('%s is refused', (_, number, reason) => {
  expect(readIdNumber(number)).toEqual({ ok: false, reason });
  expect(ID_NUMBER_REFUSALS[reason]).toMatch(/^身份证号码/);
});

it('shows the province, the city and the last four', () => {
  expect(maskIdNumber('11010519491231002X')).toBe('1101**********002X');
  expect(maskIdNumber('11010519')).toBe('********');
});

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const bodies = fc
  .tuple(
    fc.integer({ min: 110_000, max: 839_999 }),
    fc.integer({ min: 0, max: 40_000 }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([place, born, serial]) => {
    const bornOn = addDays(day('1920-01-01'), born).replaceAll('-', '');
    return `${place}${bornOn}${String(serial).padStart(3, '0')}`;
  });
/** The check by its definition: the weighted sum with it leaves 1 when divided by 11. */
const numbers = bodies.map((body) => {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body.charAt(i)), 0);
  return body + '0123456789X'.charAt((12 - (sum % 11)) % 11);
});

it('reads every number whose check is right', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      expect(readIdNumber(number)).toMatchObject({ ok: true, number });
    }),
  );
});

it('D5 catches the change of any one digit', () => {
  fc.assert(
    fc.property(numbers, fc.nat({ max: 17 }), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
      const digit = number.charAt(at) === 'X' ? String(by) : String((Number(number.charAt(at)) + by) % 10);
      expect(readIdNumber(number.slice(0, at) + digit + number.slice(at + 1)).ok).toBe(false);
    }),
  );
});

it('D5 catches the change of any one digit of every vector, each digit in turn', () => {
  for (const number of ['341702198503140010', '34170219850314007X', '810000199001010019']) {
    for (let at = 0; at < 18; at++) {
      for (const digit of '0123456789X'.replace(number.charAt(at), ''))
        expect(readIdNumber(number.slice(0, at) + digit + number.slice(at + 1)).ok).toBe(false);
    }
  }
});
