import { randomUUID } from 'node:crypto';
import { AccessService, PhoneSignIn, Proofs, SessionsService } from '../../src/access/index.js';
import type { Visitor } from '../../src/access/index.js';
import { PeopleService } from '../../src/people/index.js';
import { MessageDriver } from '../../src/platform/messages/index.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };
let numbers = 0;
const newNumber = () => `1390566${String(1000 + ++numbers).padStart(4, '0')}`;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let phones: PhoneSignIn;
  let sessions: SessionsService;
  let sent: { to: string; code: string }[];

  beforeAll(async () => {
    house = await givenHouse(kind);
    phones = house.get(PhoneSignIn);
    sessions = house.get(SessionsService);
    societyId = await givenSociety(house);
  });
  beforeEach(() => {
    sent = [];
    jest.spyOn(house.get(MessageDriver), 'sendCode').mockImplementation((to, code) => {
      sent.push({ to, code });
      return Promise.resolve({ outcome: 'taken', reference: null });
    });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const door = { keep: false, device: null, address: null } as const;
  const at = { origin: 'web', device: null, societyId: null } as const;
  const codeOf = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );
  /** A person with a phone, whose account waits for its link: they have no password. */
  async function villager(phone = newNumber()) {
    const draft = { name: '王大山', group: '三组', residence: 'HUKOU' as const, phone };
    const caller = callerOf({ ...admin, societyId });
    const { personId } = await house.get(PeopleService).addPerson(caller, draft);
    const { accountId } = await house
      .get(AccessService)
      .openAccount(callerOf(admin), { societyId, personId });
    return { accountId, personId, phone };
  }
  const latest = async (): Promise<string> => {
    await phones.settled();
    return sent.at(-1)?.code ?? '';
  };
  const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000');
  const visitorOf = async (token: string): Promise<Visitor> => {
    const visitor = await sessions.visitorOf(token, 'web');
    if (!visitor) throw new Error('The session is gone');
    return visitor;
  };
  const minute = (minutes = 1) => {
    house.clock.advance({ minutes });
  };

  it('lets in with the code that was texted, once, and for thirty days on an own phone', async () => {
    const { phone, accountId } = await villager();
    const challenge = await phones.ask(` +86 ${phone.slice(0, 3)} ${phone.slice(3)}`, {
      ...door,
      keep: true,
    });
    const code = await latest();
    expect(sent).toEqual([{ to: phone, code }]);
    expect(code).toMatch(/^\d{6}$/);
    const signedIn = await phones.enter(challenge, code, at);
    expect(signedIn).toMatchObject({ accountId, societyId, kept: true });
    expect(await codeOf(phones.enter(challenge, code, at))).toBe('TEXTED_CODE_GONE');
    house.clock.advance({ days: 29 });
    expect((await visitorOf(signedIn.token)).actor.accountId).toBe(accountId);
    house.clock.advance({ days: 1 });
    expect(await sessions.visitorOf(signedIn.token, 'web')).toBeNull();
  });

  it('is good for five minutes, five tries, and in the browser that asked only', async () => {
    const { phone } = await villager();
    const first = await phones.ask(phone, door);
    const code = await latest();
    expect(await codeOf(phones.enter('x'.repeat(43), code, at))).toBe('TEXTED_CODE_GONE');
    minute(5);
    expect(await codeOf(phones.enter(first, code, at))).toBe('TEXTED_CODE_GONE');
    const second = await phones.ask(phone, door);
    const right = await latest();
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await codeOf(phones.enter(second, wrongFor(right), at)));
    expect(answers).toEqual(['WRONG_TEXTED_CODE', 'WRONG_TEXTED_CODE', 'WRONG_TEXTED_CODE']);
    expect(await codeOf(phones.enter(second, right, at))).toBe('done');
  });

  it('takes no sixth code, however long somebody waits between them', async () => {
    const { phone } = await villager();
    const challenge = await phones.ask(phone, door);
    const right = await latest();
    await house.dataSource.transaction((manager) =>
      manager.query('UPDATE sign_in_codes SET tries = 5 WHERE spent_at IS NULL AND account_id IS NOT NULL'),
    );
    expect(await codeOf(phones.enter(challenge, right, at))).toBe('TEXTED_CODE_GONE');
  });

  it('lets one in of ten who send the code at once', async () => {
    const { phone } = await villager();
    const challenge = await phones.ask(phone, door);
    const code = await latest();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(phones.enter(challenge, code, at))),
    );
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
  });

  it('says the same of a number that nobody has: answer, limits and refusals', async () => {
    const { phone } = await villager();
    const unknown = newNumber();
    const told: Record<string, string[]> = {};
    for (const number of [phone, unknown]) {
      const challenge = await phones.ask(number, door);
      expect(challenge).toMatch(/^[\w-]{43}$/);
      const wrong = wrongFor(await latest());
      const again = await codeOf(phones.ask(number, door));
      told[number] = [again, await codeOf(phones.enter(challenge, wrong, at))];
    }
    expect(told[unknown]).toEqual(told[phone]);
    expect(told[phone]).toEqual(['TOO_MANY_TEXTS', 'WRONG_TEXTED_CODE']);
    await phones.settled();
    expect(sent.map(({ to }) => to)).toEqual([phone]);
  });

  it('does not wait for the operator: a slow one tells nothing', async () => {
    const { phone } = await villager();
    let done: () => void = () => undefined;
    jest.spyOn(house.get(MessageDriver), 'sendCode').mockImplementation(
      () =>
        new Promise((resolve) => {
          done = () => {
            resolve({ outcome: 'refused', words: '号码不对', again: false });
          };
        }),
    );
    expect(await phones.ask(phone, door)).toMatch(/^[\w-]{43}$/);
    done();
    await phones.settled();
  });

  it('texts a phone five times in the first quarter of an hour at most, and one of the account’s devices apart', async () => {
    const { phone } = await villager();
    const challenge = await phones.ask(phone, door);
    const { device } = await phones.enter(challenge, await latest(), at);
    minute(60 * 24);
    sent = [];
    for (let i = 0; i < 60; i++) {
      await codeOf(phones.ask(phone, { ...door, address: `${i}.1.1.1` }));
      house.clock.advance({ seconds: 15 });
    }
    await phones.settled();
    expect(sent).toHaveLength(5);
    expect(await codeOf(phones.ask(phone, door))).toBe('TOO_MANY_TEXTS');
    expect(await codeOf(phones.ask(phone, { ...door, device }))).toBe('done');
  });

  it('counts guessed codes over all that were texted: ten an hour at most', async () => {
    const { phone } = await villager();
    let looked = 0;
    for (let i = 0; i < 60; i++) {
      const challenge = await phones.ask(phone, door).catch(() => '');
      const wrong = wrongFor(await latest());
      for (let k = 0; k < 5; k++)
        if ((await codeOf(phones.enter(challenge, wrong, at))) === 'WRONG_TEXTED_CODE') looked++;
      minute();
    }
    expect(looked).toBeGreaterThan(3);
    expect(looked).toBeLessThanOrEqual(10);
  });

  it.each(['12345', '23456789012', 'abc', ''])('refuses %j, which is no mobile number', async (typed) => {
    expect(await codeOf(phones.ask(typed, door))).toBe('PHONE_WRONG');
  });

  it('texts nothing to an administrator, to a disabled account, and to whoever has a code of their own', async () => {
    const { phone, accountId } = await villager();
    await house.get(AccessService).disable(callerOf(admin), accountId);
    await phones.ask(phone, door);
    const other = await villager();
    await house.dataSource.transaction((manager) =>
      manager.query(
        `INSERT INTO second_factors (id, account_id, secret_sealed, last_step, created_at, confirmed_at)
         VALUES (?, ?, 'x', 0, '2026-03-02 00:00:00', '2026-03-02 00:00:00')`,
        [randomUUID(), other.accountId],
      ),
    );
    await phones.ask(other.phone, door);
    const login = await givenAdmin(house);
    const own = newNumber();
    const { token } = await sessions.signIn({ ...at, login, password: PASSWORD, keep: false });
    const visitor = await visitorOf(token);
    const challenge = await phones.askBinding(visitor.actor.accountId ?? '', own, null);
    await phones.bind(callerOf(visitor.actor), visitor, challenge, await latest());
    sent = [];
    minute();
    await phones.ask(own, door);
    await phones.settled();
    expect(sent).toEqual([]);
  });

  it('keeps neither number nor code readable in any table', async () => {
    const { phone } = await villager();
    const challenge = await phones.ask(phone, door);
    const code = await latest();
    await phones.enter(challenge, code, at);
    const tables = [
      'account_phones',
      'sign_in_codes',
      'sign_in_failures',
      'commands',
      'audit_acts',
      'sessions',
    ];
    const rows = await Promise.all(tables.map((table) => house.dataSource.query(`SELECT * FROM ${table}`)));
    const everything = JSON.stringify(rows);
    for (const secret of [phone, challenge, `"${code}"`]) expect(everything).not.toContain(secret);
  });

  describe('the phone of an account', () => {
    const rowsOf = async (accountId: string): Promise<unknown> =>
      house.dataSource.query('SELECT id FROM account_phones WHERE account_id = ?', [accountId]);

    it('is that of the register on the day of opening, and does not follow a change there', async () => {
      const { phone, accountId } = await villager();
      const shared = await villager(phone); // a couple with one phone: the second signs in by the link
      const rows: { account: string }[] = await house.dataSource.query(
        'SELECT account_id AS "account" FROM account_phones WHERE account_id IN (?, ?)',
        [accountId, shared.accountId],
      );
      expect(rows.map(({ account }) => account)).toEqual([accountId]);
    });

    it('is changed by whoever holds the new one, and is nobody else’s then', async () => {
      const [one, other] = [await villager(), await villager()];
      const signIn = async (phone: string) =>
        visitorOf((await phones.enter(await phones.ask(phone, door), await latest(), at)).token);
      const { token } = await phones.enter(await phones.ask(one.phone, door), await latest(), at);
      const visitor = await visitorOf(token);
      const next = newNumber();
      const challenge = await phones.askBinding(one.accountId, next, null);
      const code = await latest();
      expect(sent.at(-1)?.to).toBe(next);
      const intruder = await signIn(other.phone);
      expect(await codeOf(phones.bind(callerOf(intruder.actor), intruder, challenge, code))).toBe(
        'WRONG_TEXTED_CODE',
      );
      minute();
      const elsewhere = await phones.enter(await phones.ask(one.phone, door), await latest(), at);
      const underway = await phones.ask(one.phone, { ...door, device: elsewhere.device });
      const old = await latest();
      await phones.bind(callerOf(visitor.actor), visitor, challenge, code);
      expect(await sessions.visitorOf(elsewhere.token, 'web')).toBeNull();
      expect(visitor).toEqual(await visitorOf(token));
      expect(await codeOf(phones.enter(underway, old, at))).toBe('TEXTED_CODE_GONE');
      minute();
      sent = [];
      await phones.ask(one.phone, door);
      await phones.ask(next, door);
      await phones.settled();
      expect(sent.map(({ to }) => to)).toEqual([next]);
      minute(10);
      const taken = await phones.askBinding(other.accountId, next, null);
      expect(await codeOf(phones.bind(callerOf(intruder.actor), intruder, taken, await latest()))).toBe(
        'PHONE_TAKEN',
      );
    });

    it('is gone with an account that is disabled, and does not come back when it is opened again', async () => {
      const { phone, accountId } = await villager();
      const challenge = await phones.ask(phone, door);
      const code = await latest();
      const access = house.get(AccessService);
      await access.disable(callerOf(admin), accountId);
      await access.issueLink(callerOf(admin), accountId);
      expect(await codeOf(phones.enter(challenge, code, at))).toBe('TEXTED_CODE_GONE');
      expect(await rowsOf(accountId)).toEqual([]);
      minute();
      sent = [];
      await phones.ask(phone, door);
      await phones.settled();
      expect(sent).toEqual([]);
      // One that was disabled before this was so: it is gone when the account is opened again.
      const before = await villager();
      await house.dataSource.transaction((manager) =>
        manager.query(`UPDATE accounts SET disabled_at = '2026-03-02 00:00:00' WHERE id = ?`, [
          before.accountId,
        ]),
      );
      await access.issueLink(callerOf(admin), before.accountId);
      expect(await rowsOf(before.accountId)).toEqual([]);
    });

    it('lets nobody in by a code that was texted before the number went elsewhere', async () => {
      const [one, other] = [await villager(), await villager()];
      const challenge = await phones.ask(one.phone, door);
      const code = await latest();
      await house.dataSource.transaction(async (manager) => {
        const given: { phone: string }[] = await manager.query(
          'SELECT phone_index AS "phone" FROM account_phones WHERE account_id = ?',
          [one.accountId],
        );
        await manager.query('DELETE FROM account_phones WHERE account_id = ?', [one.accountId]);
        await manager.query('UPDATE account_phones SET phone_index = ? WHERE account_id = ?', [
          given[0]?.phone,
          other.accountId,
        ]);
      });
      expect(await codeOf(phones.enter(challenge, code, at))).toBe('WRONG_TEXTED_CODE');
    });

    it('is asked for five times a day by one account, and its network counts', async () => {
      const { accountId } = await villager();
      const answers = [];
      for (let i = 0; i < 6; i++) {
        answers.push(await codeOf(phones.askBinding(accountId, newNumber(), '8.7.6.5')));
        minute(61);
      }
      expect(answers).toEqual([...Array.from({ length: 5 }, () => 'done'), 'TOO_MANY_TEXTS']);
      const [counted]: { n: number | string }[] = await house.dataSource.query(
        `SELECT COUNT(*) AS "n" FROM sign_in_failures WHERE subject LIKE 'network/%' AND last_at > ?`,
        [new Date(house.clock.now().getTime() - 62 * 60_000).toISOString().replace('T', ' ').slice(0, 19)],
      );
      expect(Number(counted?.n)).toBe(1);
    });

    it('is taken away by the administrator, or by the person who has a password left', async () => {
      const { phone, accountId } = await villager();
      const { token } = await phones.enter(await phones.ask(phone, door), await latest(), at);
      const { actor } = await visitorOf(token);
      expect(await codeOf(phones.unbind(callerOf(actor), accountId))).toBe('ONLY_WAY_IN');
      minute();
      const underway = await phones.ask(phone, door);
      const code = await latest();
      await phones.unbind(callerOf(admin), accountId);
      expect(await sessions.visitorOf(token, 'web')).toBeNull();
      expect(await codeOf(phones.enter(underway, code, at))).toBe('TEXTED_CODE_GONE');
      expect(await codeOf(phones.unbind(callerOf(admin), accountId))).toBe('PHONE_NOT_BOUND');
      minute();
      sent = [];
      await phones.ask(phone, door);
      await phones.settled();
      expect(sent).toEqual([]);
    });
  });

  it('proves it, and binds, whatever a stranger asks for the number meanwhile', async () => {
    const { phone, accountId } = await villager();
    const { token } = await phones.enter(await phones.ask(phone, door), await latest(), at);
    const visitor = await visitorOf(token);
    let asked = '';
    for (let i = 0; i < 8; i++) {
      minute();
      asked = await phones.ask(phone, door).catch(() => asked);
      for (let k = 0; k < 3; k++) await codeOf(phones.enter(asked, wrongFor(await latest()), at));
    }
    expect(await codeOf(phones.ask(phone, door))).toBe('TOO_MANY_TEXTS');
    expect(await codeOf(phones.enter(asked, '000000', at))).toBe('TOO_MANY_TRIES');
    const challenge = await phones.askProof(accountId);
    const proof = { password: null, challenge, code: await latest() };
    await house.get(Proofs).proveAgain(callerOf(visitor.actor), visitor, proof);
    const binding = await phones.askBinding(accountId, phone, null);
    await phones.bind(callerOf(visitor.actor), visitor, binding, await latest());
    expect(await codeOf(phones.askProof(accountId))).toBe('TOO_MANY_TEXTS'); // its own count
  });

  it('proves it again by a texted code, where there is no password', async () => {
    const { phone, accountId } = await villager();
    const { token } = await phones.enter(await phones.ask(phone, door), await latest(), at);
    minute(30);
    const visitor = await visitorOf(token);
    const caller = () => callerOf(visitor.actor);
    const proofs = house.get(Proofs);
    const challenge = await phones.askProof(accountId);
    const code = await latest();
    const none = { password: PASSWORD, code: null };
    expect(await codeOf(proofs.proveAgain(caller(), visitor, none))).toBe('TEXTED_CODE_GONE');
    const wrong = { password: null, challenge, code: wrongFor(code) };
    expect(await codeOf(proofs.proveAgain(caller(), visitor, wrong))).toBe('WRONG_TEXTED_CODE');
    expect(await codeOf(phones.enter(challenge, code, at))).toBe('TEXTED_CODE_GONE'); // it opens no session
    await proofs.proveAgain(caller(), visitor, { password: null, challenge, code });
    expect((await visitorOf(token)).provedAt).toEqual(house.clock.now());
    expect(await codeOf(proofs.proveAgain(caller(), visitor, { password: null, challenge, code }))).toBe(
      'TEXTED_CODE_GONE',
    );
  });
});
