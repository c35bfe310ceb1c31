import type { Ballot } from './board-vote.js';
import {
  ChairPresides,
  DirectorTwice,
  HandOfAStranger,
  NoHands,
  OwnBallotStands,
  PresiderAbsent,
  PresiderRecused,
  PresiderWithoutOffice,
  RecusedDirectorVotes,
} from './board.errors.js';
import { checkHands, checkPresider } from './show-of-hands.js';

/** Six directors; `d5` is kin of the applicant, and `d6` has voted by link. */
const electorate = {
  directorIds: ['chair', 'deputy', 'd3', 'd4', 'd5', 'd6'],
  recusedIds: ['d5'],
  ownIds: ['d6'],
};
const presidency = { chairs: ['chair'], deputies: ['deputy'] };
const hands = (...ids: string[]): Ballot[] => ids.map((directorId) => ({ directorId, choice: 'yes' }));

describe('hands', () => {
  it('are those of electors, each once', () => {
    expect(() => {
      checkHands(electorate, hands('chair', 'd3', 'd4'));
    }).not.toThrow();
  });

  it.each([
    ['nobody came', hands(), NoHands],
    ['a director twice', hands('d3', 'd3'), DirectorTwice],
    ['a recused director', hands('chair', 'd5'), RecusedDirectorVotes],
    ['a director who has voted for himself', hands('chair', 'd6'), OwnBallotStands],
    ['somebody who is no director of this round', hands('chair', 'x'), HandOfAStranger],
  ])('refuses %s', (_why, raised, refusal) => {
    expect(() => {
      checkHands(electorate, raised);
    }).toThrow(refusal);
  });
});

describe('the presiding person', () => {
  const preside = (presiderId: string, raised: Ballot[], more: Partial<typeof electorate> = {}) => {
    checkPresider(presiderId, presidency, { ...electorate, ...more }, raised);
  };

  it.each([
    ['the chair who is there', 'chair', hands('chair', 'd3', 'd4'), {}],
    ['the deputy where the chair stays away', 'deputy', hands('deputy', 'd3', 'd4'), {}],
    [
      'the deputy where the chair stands aside (D4-19)',
      'deputy',
      hands('deputy', 'd3', 'd4'),
      { recusedIds: ['chair'] },
    ],
    ['a chair who has voted by link, and so has no hand', 'chair', hands('d3', 'd4'), { ownIds: ['chair'] }],
    ['the deputy where the chair has voted by link', 'deputy', hands('deputy', 'd3'), { ownIds: ['chair'] }],
  ])('is %s', (_why, presiderId, raised, more) => {
    expect(() => {
      preside(presiderId, raised, more);
    }).not.toThrow();
  });

  it.each([
    ['a plain director', 'd3', hands('chair', 'd3', 'd4'), {}, PresiderWithoutOffice],
    ['a stranger', 'x', hands('chair', 'd3', 'd4'), {}, PresiderWithoutOffice],
    [
      'a chair who stands aside (D4-19)',
      'chair',
      hands('deputy', 'd3', 'd4'),
      { recusedIds: ['chair'] },
      PresiderRecused,
    ],
    ['a chair who stays away', 'chair', hands('deputy', 'd3', 'd4'), {}, PresiderAbsent],
    ['the deputy while the chair is there', 'deputy', hands('chair', 'deputy', 'd3'), {}, ChairPresides],
  ])('is not %s', (_why, presiderId, raised, more, refusal) => {
    expect(() => {
      preside(presiderId, raised, more);
    }).toThrow(refusal);
  });
});
