import { rejectionLetter } from '../../src/cases/domain/letters.js';
import { LettersService } from '../../src/cases/index.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let made: GivenCase;
  let letterId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    made = await givenCase(village, { at: 'VERIFIED', consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'] });
    letterId = await written();
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const at = (post: Post) => signedIn(house, village.at[post].login);
  /** How long a paper is, what it must say, and must not; where no reader is installed, that it came. */
  const expectPaper = (pdf: Buffer, pages: number, needed: readonly string[], never = /$^/): void => {
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length).toBe(pages);
    if (!canReadPapers) return;
    const words = wordsOfPaper(pdf);
    for (const each of needed) expect(words).toContain(each);
    expect(words).not.toMatch(never);
  };

  async function written(): Promise<string> {
    const content = rejectionLetter({
      ...{ caseNumber: made.number, applicantName: '范长河', guardianName: null, cause: 'ILLNESS' },
      ...{ acceptedOn: day('2026-03-02'), amountFen: fen(100_000), on: day('2026-03-03') },
      ...{ reason: 'NOT_ENOUGH_YES', reviewer: '柳溪镇联合互助社' },
      counts: {
        ...{ decidedAt: '2026-03-03T02:00:00.000Z', decisionNumber: null, directors: 5, recused: 0 },
        ...{ electors: 5, present: 5, yes: 1, no: 4, abstain: 0 },
      },
      frozen: {
        societyName: '柳溪村“救急难”互助社',
        charter: {
          ...{ article: '章程第十四条', publicContactOffice: '柳溪镇民政办' },
          ...{ publicContactPhone: '0000-1234567', publicContactAddress: '柳溪镇政府一楼' },
        },
      },
    });
    const draft = { societyId: village.societyId, caseId: made.caseId, content, madeBy: null };
    const letters = house.get(LettersService);
    const moment = { ...draft, at: house.clock.now() };
    return (await house.get(Transactions).run((tx) => letters.write(tx, moment))).letterId;
  }

  it('opens for the office, the chair and the supervisor, is kept by no cache, and stands in the trail', async () => {
    const url = `/s/cases/${made.number}/letters/${letterId}.pdf`;
    for (const post of ['secretary', 'clerk', 'chair', 'deputy', 'supervisor'] as const) {
      const { status, type, bytes } = await (await at(post)).get(url);
      expect([status, type]).toEqual([200, 'application/pdf']);
      expectPaper(bytes, 1, ['范长河']);
    }
    const secretary = await at('secretary');
    expect((await secretary.get(`/s/cases/${made.number}`)).body).toContain('看不予救助告知书');
  });

  it.each(['third', 'cashier', 'accountant', 'informant'] as const)('is closed to the %s', async (post) => {
    const visitor = await at(post);
    for (const rest of [`letters/${letterId}.pdf`, 'registration.pdf'])
      expect((await visitor.get(`/s/cases/${made.number}/${rest}`)).status).toBe(403);
  });

  it('D4-69 is found by no other society, and by nobody without a sign-in', async () => {
    const other = await givenVillage(house);
    const strange = await signedIn(house, other.at.secretary.login);
    const url = `/s/cases/${made.number}/letters/${letterId}.pdf`;
    expect((await strange.get(url)).status).toBe(404);
    expect((await strange.get(`/s/cases/${made.number}/letters/x.pdf`)).status).toBe(400);
    expect((await new FormVisitor(house.app).get(url)).status).toBe(303);
    const program = await api(house, other.at.secretary.login);
    expect((await program.get(`/cases/${made.caseId}/letters`)).status).toBe(404);
  });

  it('is listed for a program, without what it says', async () => {
    const program = await api(house, village.at.secretary.login);
    const { body, text } = await program.get(`/cases/${made.caseId}/letters`);
    expect(body).toMatchObject({ items: [{ id: letterId, kind: 'REJECTION' }] });
    expect(text).not.toMatch(/范|突发疾病/);
  });

  it('prints the form of a case with its ticks and the way to its page, and no number of a person', async () => {
    const { type, bytes } = await (await at('clerk')).get(`/s/cases/${made.number}/registration.pdf`);
    expect(type).toBe('application/pdf');
    const needed = [made.number, '范长河', '(√)同意互助社为办理救助', '()单独同意把姓名遮盖后'];
    expectPaper(bytes, 2, needed, /\d{17}[\dX]|1[3-9]\d{9}|62\d{14,}/);
  });

  it('prints a blank form for whoever walks through the village, the same each time', async () => {
    const informant = await at('informant');
    const first = await informant.get('/s/papers/registration.pdf');
    house.clock.advance({ minutes: 5 });
    const again = await informant.get('/s/papers/registration.pdf');
    expect([first.status, first.bytes.equals(again.bytes)]).toEqual([200, true]);
    expectPaper(first.bytes, 2, ['急难救助登记表', '()突发疾病', '我承诺所说的情况属实']);
    expect((await (await at('cashier')).get('/s/papers/registration.pdf')).status).toBe(403);
  });
});
