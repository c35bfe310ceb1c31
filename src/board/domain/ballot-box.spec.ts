import {
  checkBallot,
  checkRecusal,
  checkRetraction,
  isUnconfirmed,
  latestOf,
  orderFaultsOf,
  retractedBy,
  WAYS,
} from './ballot-box.js';
import type { Stance, Way } from './ballot-box.js';
import { AlreadyRecused, NotADirectorHere } from './board.errors.js';

const directors = ['d1', 'd2', 'd3'].map((personId) => ({ personId }));

/** `said('d1', 'PHONE', 'OWN')`: what one director said, in this order; `-` takes back, `R` stands aside. */
function said(personId: string, ...hows: readonly (Way | '-' | 'R')[]): Stance[] {
  return hows.map((how, i): Stance => {
    const at = { personId, sequence: i + 1, choice: null, reason: null };
    if (how === 'R') return { ...at, kind: 'RECUSAL', reason: 'OTHER', how: 'DECLARED' };
    if (how === '-') return { ...at, kind: 'RETRACTED', how: 'PHONE' };
    return { ...at, kind: 'BALLOT', choice: 'yes', how };
  });
}
const box = (...stances: readonly Stance[]) => ({ directors, said: stances });

/** The name of the refusal, or `fine`. */
function refusalOf(act: () => void): string {
  try {
    act();
    return 'fine';
  } catch (error) {
    return (error as Error).constructor.name;
  }
}

it('counts the last word of each director', () => {
  const latest = latestOf([...said('d1', 'PHONE', 'OWN'), ...said('d2', 'HAND'), ...said('d3', 'OWN', 'R')]);
  expect(latest.map(({ personId, how }) => [personId, how])).toEqual([
    ['d1', 'OWN'],
    ['d2', 'HAND'],
    ['d3', 'DECLARED'],
  ]);
  expect(latestOf([...said('d1', 'PHONE', 'OWN')].reverse())[0]?.how).toBe('OWN');
});

describe('a ballot', () => {
  it.each`
    before              | how          | refusal                 | because
    ${[]}               | ${'OWN'}     | ${'fine'}               | ${'it is the first'}
    ${['HAND']}         | ${'PHONE'}   | ${'fine'}               | ${'the office puts its own record right'}
    ${['PHONE']}        | ${'HAND'}    | ${'fine'}               | ${'who was phoned came after all'}
    ${['PHONE']}        | ${'OWN'}     | ${'fine'}               | ${'the director confirms it, or says otherwise'}
    ${['MEETING']}      | ${'OWN'}     | ${'fine'}               | ${'a director may change his mind until the close'}
    ${['OWN']}          | ${'OWN'}     | ${'fine'}               | ${'so may who voted by link'}
    ${['OWN']}          | ${'HAND'}    | ${'OwnBallotStands'}    | ${'what he gave himself is his word'}
    ${['OWN']}          | ${'PHONE'}   | ${'OwnBallotStands'}    | ${'whoever rang'}
    ${['OWN']}          | ${'MEETING'} | ${'OwnBallotStands'}    | ${'whatever the others have signed'}
    ${['PHONE', 'OWN']} | ${'PHONE'}   | ${'OwnBallotStands'}    | ${'once confirmed it is his'}
    ${['PHONE', '-']}   | ${'PHONE'}   | ${'fine'}               | ${'a mistake was taken back'}
    ${['R']}            | ${'OWN'}     | ${'BallotAfterRecusal'} | ${'who stands aside casts nothing'}
    ${['OWN', 'R']}     | ${'OWN'}     | ${'BallotAfterRecusal'} | ${'and does not come back'}
    ${['HAND', 'R']}    | ${'HAND'}    | ${'BallotAfterRecusal'} | ${'nor does the office bring him back'}
  `('$how after $before: $refusal, $because', ({ before, how, refusal }) => {
    const stances = said('d1', ...(before as Way[]));
    const act = () => {
      checkBallot(box(...stances), 'd1', how as Way);
    };
    expect(refusalOf(act)).toBe(refusal);
    if (refusal !== 'fine') return;
    expect(orderFaultsOf([...said('d1', ...(before as Way[]), how as Way)])).toEqual([]);
  });

  it('is that of a director of the round', () => {
    for (const how of WAYS)
      expect(() => {
        checkBallot(box(), 'x', how);
      }).toThrow(NotADirectorHere);
  });

  it('told by phone waits for the director, and no other does', () => {
    const [phone, own] = said('d1', 'PHONE', 'OWN');
    const [hand] = said('d2', 'HAND');
    expect([phone, own, hand].map((stance) => stance && isUnconfirmed(stance))).toEqual([true, false, false]);
  });
});

describe('taking back', () => {
  it.each`
    before              | refusal
    ${['PHONE']}        | ${'fine'}
    ${['HAND']}         | ${'NothingToTakeBack'}
    ${['PHONE', '-']}   | ${'NothingToTakeBack'}
    ${[]}               | ${'NothingToTakeBack'}
    ${['PHONE', 'OWN']} | ${'OwnBallotStands'}
    ${['PHONE', 'R']}   | ${'BallotAfterRecusal'}
  `('after $before: $refusal', ({ before, refusal }) => {
    const act = () => {
      checkRetraction(box(...said('d1', ...(before as Way[]))), 'd1');
    };
    expect(refusalOf(act)).toBe(refusal);
  });
});

describe('a recusal', () => {
  it('comes before a ballot or after it, once', () => {
    for (const before of [[], ['OWN'], ['HAND'], ['PHONE', '-']] as const)
      expect(() => {
        checkRecusal(box(...said('d1', ...before)), 'd1');
      }).not.toThrow();
    expect(() => {
      checkRecusal(box(...said('d1', 'R')), 'd1');
    }).toThrow(AlreadyRecused);
    expect(() => {
      checkRecusal(box(), 'x');
    }).toThrow(NotADirectorHere);
  });
});

it('a new sheet takes back the hands of an earlier one that it does not hold, and nothing else', () => {
  const stances = [...said('d1', 'HAND'), ...said('d2', 'PHONE', 'HAND'), ...said('d3', 'PHONE')];
  expect(retractedBy(stances, ['d1']).map(({ personId }) => personId)).toEqual(['d2']);
  expect(retractedBy([...said('d1', 'MEETING', 'OWN'), ...said('d2', 'HAND', 'R')], [])).toEqual([]);
});

describe('an unlawful order', () => {
  it.each([
    ['a ballot after a recusal', said('d1', 'OWN', 'R', 'OWN'), '有理事回避以后又记了票'],
    ['a record over an own ballot', said('d1', 'OWN', 'PHONE'), '理事本人投的票被代录的票改了'],
    ['a ballot taken out', said('d1', 'HAND', 'HAND', 'HAND').slice(1), '一位理事的票序号不连续'],
  ])('is %s', (_what, stances, words) => {
    expect(orderFaultsOf(stances)).toEqual([words]);
  });

  it('is nothing that was lawful', () => {
    const stances = [
      ...said('d1', 'PHONE', '-', 'HAND', 'OWN', 'OWN', 'R'),
      ...said('d2', 'R'),
      ...said('d3', 'OWN'),
    ];
    expect(orderFaultsOf(stances)).toEqual([]);
  });
});
