import { randomUUID } from 'node:crypto';
import {
  AccessService,
  Proofs,
  SecondFactorService,
  SessionsService,
  SignInService,
} from '../../src/access/index.js';
import type { Visitor } from '../../src/access/index.js';
import { secretBytes, shownCode } from '../support/authenticator.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let sessions: SessionsService;
  let entering: SignInService;
  let factors: SecondFactorService;
  let proofs: Proofs;

  beforeAll(async () => {
    house = await givenHouse(kind);
    sessions = house.get(SessionsService);
    entering = house.get(SignInService);
    factors = house.get(SecondFactorService);
    proofs = house.get(Proofs);
    societyId = await givenSociety(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const at = { origin: 'web', keep: false, device: null, societyId: null } as const;
  const codeOf = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );
  const visitorOf = async (token: string): Promise<Visitor> => {
    const visitor = await sessions.visitorOf(token, 'web');
    if (!visitor) throw new Error('The session is gone');
    return visitor;
  };
  /** Another thirty seconds have begun: the app shows another code. */
  const nextStep = () => {
    house.clock.advance({ seconds: 30 });
  };

  /** An account with its code set up, and the app that shows it. */
  async function enrolled() {
    const officer = await givenOfficer(house, societyId);
    const { token } = await sessions.signIn({ ...at, login: officer.login, password: PASSWORD });
    const visitor = await visitorOf(token);
    const caller = () => callerOf(visitor.actor);
    const enrolment = await proofs.beginFactor(caller(), visitor, PASSWORD);
    const secret = secretBytes(enrolment?.secret ?? '');
    const app = (by = 0) => shownCode(secret, house.clock.now(), by);
    const recovery = (await factors.confirm(caller(), visitor, app())) ?? [];
    nextStep();
    return { ...officer, token, visitor, caller, app, recovery, secret };
  }
  const signIn = (login: string, code: string | null = null) =>
    sessions.signIn({ ...at, login, password: PASSWORD, code });

  it('asks for a code from the first confirmation on, and lets in with one', async () => {
    const { login, app } = await enrolled();
    expect(await codeOf(signIn(login))).toBe('SECOND_FACTOR_NEEDED');
    expect(await codeOf(signIn(login, '000000'))).toBe('WRONG_CODE');
    expect(await codeOf(signIn(login, 'nonsense!'))).toBe('WRONG_CODE');
    expect(await codeOf(signIn(login, app()))).toBe('done');
  });

  it('does not begin without the password, nor end without its own code', async () => {
    const { login, accountId } = await givenOfficer(house, societyId);
    const { token } = await sessions.signIn({ ...at, login, password: PASSWORD });
    const visitor = await visitorOf(token);
    const caller = () => callerOf(visitor.actor);
    expect(await codeOf(proofs.beginFactor(caller(), visitor, 'wrong-password-9'))).toBe('WRONG_PROOF');
    expect(await factors.enrolment(accountId, login)).toBeNull();
    expect(await codeOf(factors.confirm(caller(), visitor, '123456'))).toBe('SECOND_FACTOR_NOT_BEGUN');
    await proofs.beginFactor(caller(), visitor, PASSWORD);
    expect(await codeOf(factors.confirm(caller(), visitor, '000000'))).toBe('WRONG_CODE');
    expect(await codeOf(signIn(login))).toBe('done'); // it is not on before it was confirmed
  });

  it('shows its secret and waits for the first code for ten minutes, and ends the other sessions with it', async () => {
    const { login, accountId } = await givenOfficer(house, societyId);
    const { token } = await sessions.signIn({ ...at, login, password: PASSWORD });
    const other = await sessions.signIn({ ...at, login, password: PASSWORD });
    const visitor = await visitorOf(token);
    const begin = async () => {
      const begun = await proofs.beginFactor(callerOf(visitor.actor), visitor, PASSWORD);
      return secretBytes(begun?.secret ?? '');
    };
    const confirm = (secret: Buffer) =>
      factors.confirm(callerOf(visitor.actor), visitor, shownCode(secret, house.clock.now()));
    const first = await begin();
    house.clock.advance({ minutes: 9, seconds: 59 });
    expect(await factors.enrolment(accountId, login)).not.toBeNull();
    house.clock.advance({ seconds: 1 });
    expect(await factors.enrolment(accountId, login)).toBeNull();
    expect(await codeOf(confirm(first))).toBe('SECOND_FACTOR_TOO_LATE');
    expect(await sessions.visitorOf(other.token, 'web')).not.toBeNull();
    const second = await begin();
    house.clock.advance({ minutes: 9 });
    expect(await codeOf(confirm(second))).toBe('done');
    expect(await sessions.visitorOf(other.token, 'web')).toBeNull();
    expect(await sessions.visitorOf(token, 'web')).not.toBeNull();
  });

  it('takes each code once: of ten who send it at once one gets in', async () => {
    const { login, app } = await enrolled();
    const code = app();
    // Three tries are free; what is tried here is the code, not the count.
    const answers = await Promise.all(Array.from({ length: 3 }, () => codeOf(signIn(login, code))));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(await codeOf(signIn(login, code))).toMatch(/WRONG_CODE|TOO_MANY_TRIES/);
  });

  it('spends a code in the unit itself: ten units at once with one code, one goes through', async () => {
    const { accountId, app, caller } = await enrolled();
    const code = app();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(factors.renewCodes(caller(), accountId, code))),
    );
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'WRONG_CODE')).toHaveLength(9);
  });

  it('takes the code of the step before and after, and none further away', async () => {
    const { login, app } = await enrolled();
    nextStep();
    expect(await codeOf(signIn(login, app(-1)))).toBe('done');
    expect(await codeOf(signIn(login, app(2)))).toBe('WRONG_CODE');
    expect(await codeOf(signIn(login, app(1)))).toBe('done');
    expect(await codeOf(signIn(login, app(0)))).toBe('WRONG_CODE'); // earlier than the last one taken
  });

  it('lets in with each code of the sheet once, and keeps none of them readable', async () => {
    const { login, recovery, accountId, caller, app } = await enrolled();
    expect(recovery).toHaveLength(10);
    const [first = '', second = ''] = recovery;
    expect(await codeOf(signIn(login, first.toLowerCase()))).toBe('done');
    expect(await codeOf(signIn(login, first))).toBe('WRONG_CODE');
    const kept = JSON.stringify(await house.dataSource.query('SELECT * FROM recovery_codes'));
    for (const code of recovery) expect(kept).not.toContain(code.replace('-', ''));
    const renewed = await factors.renewCodes(caller(), accountId, app());
    expect(await codeOf(signIn(login, second))).toBe('WRONG_CODE');
    expect(await codeOf(signIn(login, renewed?.[0] ?? ''))).toBe('done');
  });

  it('shows secret and codes once: the same command again has none, and no table holds them', async () => {
    const officer = await givenOfficer(house, societyId);
    const { token } = await sessions.signIn({ ...at, login: officer.login, password: PASSWORD });
    const visitor = await visitorOf(token);
    const enrolment = await proofs.beginFactor(callerOf(visitor.actor), visitor, PASSWORD);
    const code = shownCode(secretBytes(enrolment?.secret ?? ''), house.clock.now());
    const caller = callerOf(visitor.actor);
    const first = await factors.confirm(caller, visitor, code);
    expect(first).toHaveLength(10);
    expect(await factors.confirm(caller, visitor, code)).toBeNull();
    expect(await factors.enrolment(officer.accountId, officer.login)).toBeNull();
    const tables = ['second_factors', 'recovery_codes', 'commands', 'audit_acts'];
    const rows = await Promise.all(tables.map((table) => house.dataSource.query(`SELECT * FROM ${table}`)));
    const everything = JSON.stringify(rows);
    for (const secret of [enrolment?.secret ?? '?', ...(first ?? []).map((each) => each.replace('-', ''))])
      expect(everything).not.toContain(secret);
    expect(everything).not.toContain(secretBytes(enrolment?.secret ?? '').toString('base64'));
  });

  it('counts guessed codes: ten an hour at most, and a known device has a count of its own', async () => {
    const { login, app } = await enrolled();
    const { device } = await signIn(login, app());
    nextStep();
    let looked = 0;
    for (let minute = 0; minute < 60; minute++) {
      for (let i = 0; i < 3; i++) if ((await codeOf(signIn(login, '000000'))) === 'WRONG_CODE') looked++;
      house.clock.advance({ minutes: 1 });
    }
    expect(looked).toBe(10);
    await codeOf(signIn(login, '000000'));
    expect(await codeOf(signIn(login, app()))).toBe('TOO_MANY_TRIES');
    expect(await codeOf(sessions.signIn({ ...at, login, password: PASSWORD, code: app(), device }))).toBe(
      'done',
    );
  });

  it('keeps password and code apart for people: the step opens nothing, is good once and for ten minutes', async () => {
    const { login, app } = await enrolled();
    const first = await entering.begin({ ...at, login, password: PASSWORD, keep: true });
    const step = first.done ? '' : first.step;
    expect(await sessions.visitorOf(step, 'web')).toBeNull();
    expect(await codeOf(entering.finish(step, '000000', at))).toBe('WRONG_CODE');
    const signedIn = await entering.finish(step, app(), at);
    expect(signedIn.kept).toBe(true);
    nextStep();
    expect(await codeOf(entering.finish(step, app(), at))).toBe('SIGN_IN_STEP_GONE');
    const late = await entering.begin({ ...at, login, password: PASSWORD });
    house.clock.advance({ minutes: 10 });
    expect(await codeOf(entering.finish(late.done ? '' : late.step, app(), at))).toBe('SIGN_IN_STEP_GONE');
    for (const wrong of ['', 'x'.repeat(43), "' OR 1=1"])
      expect(await codeOf(entering.finish(wrong, app(), at))).toBe('SIGN_IN_STEP_GONE');
  });

  it('a new password ends the step that the old one opened', async () => {
    const { login, accountId, app } = await enrolled();
    const first = await entering.begin({ ...at, login, password: PASSWORD });
    const access = house.get(AccessService);
    const { link } = await access.issueLink(callerOf(admin), accountId);
    const typed = { login, password: '村口柿子树今年挂满果' };
    await access.useLink(callerOf({}), link?.replace('/link/', '') ?? '', typed);
    expect(await codeOf(entering.finish(first.done ? '' : first.step, app(), at))).toBe('SIGN_IN_STEP_GONE');
  });

  it('is taken away by another administrator only, who signs the account out and leaves it in the trail', async () => {
    const { login, accountId, token, caller } = await enrolled();
    expect(await codeOf(factors.remove(caller(), accountId))).toBe('OWN_SECOND_FACTOR');
    expect(await codeOf(signIn(login))).toBe('SECOND_FACTOR_NEEDED');
    await factors.remove(callerOf(admin), accountId);
    expect(await sessions.visitorOf(token, 'web')).toBeNull();
    expect(await codeOf(signIn(login))).toBe('done');
    expect(await codeOf(factors.remove(callerOf(admin), accountId))).toBe('SECOND_FACTOR_NOT_BEGUN');
    const kept: { words: string }[] = await house.dataSource.query(
      `SELECT words AS "words" FROM audit_acts WHERE subject_id = ? AND act = 'removeSecondFactor'`,
      [accountId],
    );
    expect(kept).toEqual([{ words: '取消动态验证码' }]);
  });

  it('opens on its own row only: a secret copied to another account lets nobody in', async () => {
    const [mine, theirs] = [await enrolled(), await enrolled()];
    await house.dataSource.transaction(async (manager) => {
      const [row]: { sealed: string }[] = await manager.query(
        `SELECT secret_sealed AS "sealed" FROM second_factors WHERE account_id = ?`,
        [mine.accountId],
      );
      await manager.query(`UPDATE second_factors SET secret_sealed = ? WHERE account_id = ?`, [
        row?.sealed,
        theirs.accountId,
      ]);
    });
    await expect(signIn(theirs.login, mine.app())).rejects.toThrow();
    expect(await codeOf(signIn(mine.login, mine.app()))).toBe('done');
  });

  describe('a fresh proof', () => {
    it('is the code where there is one, else the password, and holds from now on', async () => {
      const { login } = await givenOfficer(house, societyId);
      const { token } = await sessions.signIn({ ...at, login, password: PASSWORD });
      house.clock.advance({ minutes: 30 });
      const visitor = await visitorOf(token);
      const caller = () => callerOf(visitor.actor);
      const none = { password: null, code: null };
      expect(await codeOf(proofs.proveAgain(caller(), visitor, none))).toBe('WRONG_PROOF');
      const wrong = { password: 'wrong-password-9', code: null };
      expect(await codeOf(proofs.proveAgain(caller(), visitor, wrong))).toBe('WRONG_PROOF');
      expect((await visitorOf(token)).provedAt).toEqual(visitor.provedAt);
      await proofs.proveAgain(caller(), visitor, { password: PASSWORD, code: null });
      expect((await visitorOf(token)).provedAt).toEqual(house.clock.now());
    });

    it('takes no password where the account has a code', async () => {
      const { visitor, caller, app } = await enrolled();
      const withFactor = { ...visitor, hasFactor: true };
      const byPassword = { password: PASSWORD, code: null };
      expect(await codeOf(proofs.proveAgain(caller(), withFactor, byPassword))).toBe('WRONG_CODE');
      expect(await codeOf(proofs.proveAgain(caller(), withFactor, { password: null, code: app() }))).toBe(
        'done',
      );
    });

    it('is guessed at ten times an hour at most, by whoever holds the session', async () => {
      const { login } = await givenOfficer(house, societyId);
      const { token } = await sessions.signIn({ ...at, login, password: PASSWORD });
      const visitor = await visitorOf(token);
      let looked = 0;
      for (let minute = 0; minute < 60; minute++) {
        for (let i = 0; i < 3; i++) {
          const wrong = { password: `guess ${minute} ${i}`, code: null };
          if ((await codeOf(proofs.proveAgain(callerOf(visitor.actor), visitor, wrong))) === 'WRONG_PROOF')
            looked++;
        }
        house.clock.advance({ minutes: 1 });
      }
      expect(looked).toBe(10);
    });
  });
});
