import { randomUUID } from 'node:crypto';
import { AccessService } from '../../src/access/index.js';
import { AuditQueries } from '../../src/audit/index.js';
import { ReliefLetters } from '../../src/relief/index.js';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { FormVisitor } from '../support/form-visitor.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { PASSWORD } from '../support/officers.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { givenHome, givenRelief, givenReliefGround, invoice, sendBack } from '../support/relief.js';
import type { GivenRelief, Home, HomeSeat, ReliefGround, Seat } from '../support/relief.js';
import { staysSound } from '../support/sound.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;
  let made: GivenRelief;
  let letterId: string;
  let logins = 0;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
    made = await givenRelief(ground, { invoices: [invoice(6_000_000), invoice(4_000_000)] });
    await sendBack(ground, made, ['CONSENT']);
    const [letter] = await house.get(ReliefLetters).of(made.reliefId);
    if (!letter) throw new Error('The file was sent back without a letter');
    letterId = letter.id;
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const accounts = new Map<string, Promise<string>>();
  /** The login of whoever holds the seat. */
  const loginOf = (societyId: string, personId: string): Promise<string> => {
    const open = async () => {
      const login = `papers${kind.name}${++logins}`;
      const admin = callerOf({ accountId: randomUUID(), roles: ['system-admin'] });
      await house.get(AccessService).openAccount(admin, { societyId, personId, login, password: PASSWORD });
      return login;
    };
    const known = accounts.get(personId) ?? open();
    accounts.set(personId, known);
    return known;
  };
  const ofDesk = (seat: Seat) => loginOf(ground.federationId, ground.at[seat].personId);
  const ofHome = (home: Home, seat: HomeSeat) => loginOf(home.societyId, home.at[seat].personId);
  const at = async (seat: Seat) => signedIn(house, await ofDesk(seat));

  const letter = () => `/s/relief/${made.reliefId}/letters/${letterId}`;
  const worksheet = () => `/s/relief/${made.reliefId}/worksheet.pdf`;
  const wordsIn = (pdf: Buffer, needed: readonly string[]): void => {
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    if (!canReadPapers) return;
    for (const each of needed) expect(wordsOfPaper(pdf)).toContain(each);
  };

  it.each(['secretary', 'clerk', 'chair', 'deputy', 'supervisor', 'reviewer'] as const)(
    'opens for the %s of the federation',
    async (seat) => {
      const visitor = await at(seat);
      for (const [url, needed] of [
        [letter(), ['补正通知书', '范长河：', made.number]],
        [worksheet(), ['救助金额计算表（试算）', '范长河，', '合计100,000.00', made.number]],
      ] as const) {
        const { status, type, bytes } = await visitor.get(url);
        expect([status, type]).toEqual([200, 'application/pdf']);
        wordsIn(bytes, needed);
      }
    },
  );

  it.each(['third', 'cashier', 'accountant'] as const)('is closed to the %s', async (seat) => {
    const visitor = await at(seat);
    for (const url of [letter(), worksheet()]) expect((await visitor.get(url)).status).toBe(403);
  });

  it('opens for the society that answers for the family: its secretary hands the letter over', async () => {
    const secretary = await signedIn(house, await ofHome(ground.home, 'secretary'));
    wordsIn((await secretary.get(letter())).bytes, ['范长河：']);
    expect((await secretary.get(worksheet())).status).toBe(409); // what the desk tries out is the desk's
  });

  it('D4-69 is found by no other society, under no other case, and by nobody without a sign-in', async () => {
    const elsewhere = await givenHome(house, ground.federationId);
    const strange = await signedIn(house, await ofHome(elsewhere, 'secretary'));
    for (const url of [letter(), worksheet()]) {
      expect((await strange.get(url)).status).toBe(404);
      expect((await new FormVisitor(house.app).get(url)).status).toBe(303);
    }
    const other = await givenRelief(ground);
    const chair = await at('chair');
    expect((await chair.get(`/s/relief/${other.reliefId}/letters/${letterId}`)).status).toBe(404);
    expect((await chair.get(`/s/relief/${made.reliefId}/letters/x`)).status).toBe(400);
  });

  it('each look stands in the trail', async () => {
    const looks = async () =>
      (await house.get(AuditQueries).thread(ground.federationId, made.reliefId))
        .filter(({ act }) => act === 'read')
        .map(({ words }) => words);
    const before = (await looks()).length;
    const reviewer = await at('reviewer');
    await reviewer.get(letter());
    await reviewer.get(worksheet());
    const after = await looks();
    expect(after).toHaveLength(before + 2);
    expect(after).toEqual(expect.arrayContaining(['看补正通知书', '看救助金额计算表']));
  });

  it('is listed for a program without what it says, and printed for it as for a person', async () => {
    const program = await api(house, await ofDesk('clerk'));
    const { body, text } = await program.get(`/relief/${made.reliefId}/letters`);
    expect(body).toMatchObject({ items: [{ id: letterId, kind: 'RETURN' }] });
    expect(text).not.toMatch(/范|同意书/);
    for (const path of [`letters/${letterId}.pdf`, 'worksheet.pdf']) {
      const { status, type, text: pdf } = await program.get(`/relief/${made.reliefId}/${path}`);
      expect([status, type, pdf.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    }
    expect((await program.get(`/relief/${randomUUID()}/letters`)).status).toBe(404);
  });

  it('the worksheet is tried before a panel, and fixed by it: later uses of the cap change nothing', async () => {
    const { reliefId } = await givenRelief(ground, { at: 'PRE_NOTICE', personId: made.personId });
    const chair = await at('chair');
    const print = async () => (await chair.get(`/s/relief/${reliefId}/worksheet.pdf`)).bytes;
    const first = await print();
    wordsIn(first, [
      '救助金额计算表编号',
      '本表由评审确定',
      '231,480.00',
      '贰拾叁万壹仟肆佰捌拾元整',
      '审核：秦审',
    ]);
    await givenRelief(ground, { at: 'PANEL', personId: made.personId });
    expect((await print()).equals(first)).toBe(true);
  });
});
