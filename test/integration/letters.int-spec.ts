import { randomUUID } from 'node:crypto';
import { AuditQueries } from '../../src/audit/index.js';
import { LettersQueries, LettersService, LettersVerifier } from '../../src/cases/index.js';
import { demandLetter, endingNote, referralLetter, rejectionLetter } from '../../src/cases/domain/letters.js';
import type { LetterContent } from '../../src/cases/domain/letters.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { hashOf, sha256 } from '../../src/platform/crypto/hash.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

const counts = {
  decidedAt: '2026-03-05T02:00:00.000Z',
  decisionNumber: '柳溪决〔2026〕3号',
  ...{ directors: 5, recused: 1, electors: 4, present: 4, yes: 1, no: 2, abstain: 1 },
};
const facts = {
  caseNumber: '2026-0001',
  applicantName: '范长河',
  guardianName: null,
  acceptedOn: day('2026-03-02'),
  cause: 'ILLNESS',
  amountFen: fen(100_000),
  on: day('2026-03-05'),
  frozen: {
    societyName: '柳溪村“救急难”互助社',
    charter: {
      article: '章程第十四条',
      publicContactOffice: '柳溪镇民政办',
      publicContactPhone: '0000-1234567',
      publicContactAddress: '柳溪镇政府一楼',
    },
  },
} as const;
const reviewer = '柳溪镇联合互助社';
const LETTERS: readonly LetterContent[] = [
  rejectionLetter({ ...facts, counts, reason: 'NOT_ENOUGH_YES', reviewer }),
  demandLetter({
    ...{ ...facts, counts, reason: 'PAID_TWICE', paidOn: day('2026-03-03'), reviewer },
    ...{ demandedFen: fen(100_000), payBy: day('2026-04-04') },
  }),
  referralLetter({
    ...{ ...facts, way: 'HAND_OVER', to: reviewer, group: '柳溪村三组', reason: 'LAPSED_TWICE' },
    enclosures: ['ID_CARD'],
  }),
  endingNote({ ...facts, ending: 'OWN_WISH' }),
];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let made: GivenCase;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    made = await givenCase(village, { at: 'VERIFIED' });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const at = new Date('2026-03-05T02:00:00Z');
  const write = async (content: LetterContent, caseId = made.caseId): Promise<string> => {
    const draft = { societyId: village.societyId, caseId, content, at, madeBy: village.at.clerk.personId };
    const letters = house.get(LettersService);
    return (await house.get(Transactions).run((tx) => letters.write(tx, draft))).letterId;
  };
  const ofCase = (societyId = village.societyId) => house.get(LettersQueries).ofCase(societyId, made.caseId);
  const rows = () => house.dataSource.query<unknown[]>('SELECT * FROM case_letters');

  it.each(LETTERS)('freezes a letter and prints it the same each time: $kind', async (content) => {
    const letterId = await write(content);
    const [line] = (await ofCase()).filter(({ id }) => id === letterId);
    expect(line).toMatchObject({ kind: content.kind, contentHash: hashOf(content), madeAt: at });
    const letters = house.get(LettersService);
    const print = () => letters.print(village.at.secretary, made.number, letterId);
    const pdf = await print();
    expect(sha256(await print())).toBe(sha256(pdf));
    if (!canReadPapers) return;
    const words = wordsOfPaper(pdf);
    for (const needed of ['范长河', content.date, content.issuer, hashOf(content), '0000-1234567'])
      expect(words).toContain(needed);
  });

  it('keeps nothing of it in the open, and records each look', async () => {
    const [content] = LETTERS;
    if (!content) throw new Error('There are letters');
    const letterId = await write(content);
    expect(JSON.stringify(await rows())).not.toMatch(/范长河|突发疾病/);
    await house.get(LettersService).print(village.at.chair, made.number, letterId);
    const [look] = await house.get(AuditQueries).thread(village.societyId, made.caseId);
    expect(look).toMatchObject({ act: 'read', subjectKind: 'letter', subjectId: letterId });
    expect(look?.words).toBe('看不予救助告知书');
  });

  it('D4-69 is not found by another society, under another case, or where there is none', async () => {
    const [content] = LETTERS;
    if (!content) throw new Error('There are letters');
    const letterId = await write(content);
    const other = await givenCase(village, { at: 'ACCEPTED', cause: 'FIRE' });
    const print = (number: string, id: string) =>
      house.get(LettersService).print(village.at.secretary, number, id);
    for (const [number, id] of [
      [other.number, letterId],
      [made.number, randomUUID()],
    ] as const)
      await expect(print(number, id)).rejects.toMatchObject({ code: 'LETTER_NOT_FOUND' });
    expect(await ofCase(randomUUID())).toEqual([]);
  });

  it('is changed and taken away by nobody, and a unit that fails leaves none', async () => {
    const before = await rows();
    for (const change of [`UPDATE case_letters SET made_by = 'x'`, 'DELETE FROM case_letters'])
      await expect(
        house.get(Transactions).run((tx) => tx.change(Object.assign([change], { raw: [change] }))),
      ).rejects.toThrow('append-only');
    const [content] = LETTERS;
    if (!content) throw new Error('There are letters');
    const draft = { societyId: village.societyId, caseId: made.caseId, content, at, madeBy: null };
    const fails = house.get(Transactions).run(async (tx) => {
      await house.get(LettersService).write(tx, draft);
      throw new Error('The decision was refused');
    });
    await expect(fails).rejects.toThrow('The decision was refused');
    expect(await rows()).toEqual(before);
  });

  it.each([
    ['its hash is of another text', `UPDATE case_letters SET content_hash = '${'0'.repeat(64)}'`],
    ['it goes for another kind', `UPDATE case_letters SET kind = 'ENDING' WHERE kind <> 'ENDING'`],
  ])('is found out where %s', async (_what, change) => {
    const intruder = await intruderIn(house.dataSource);
    await intruder.undoing(['case_letters'], async () => {
      await intruder.run(change);
      const findings = await house.get(LettersVerifier).check();
      expect(new Set(findings.map(({ kind: found }) => found))).toEqual(new Set(['letter content']));
    });
    await intruder.close();
  });
});
