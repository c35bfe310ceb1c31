import { randomUUID } from 'node:crypto';
import { AccessService, SessionsService, SignInService } from '../../src/access/index.js';
import { Passwords } from '../../src/access/secrets.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { Visitor } from '../support/visitor.js';

/*
 * That nobody can tell from the time it takes whether somebody has an account (quality.md G18) is shown by what is done,
 * and not by a clock, which on a busy machine says nothing: one comparison of a password, of one and the same cost
 * (`src/access/secrets.spec.ts`), and the same words. A comparison takes twenty milliseconds; a statement beside it, less than one.
 */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  const logins: Record<string, string> = {};

  beforeAll(async () => {
    house = await givenHouse(kind);
    const societyId = await givenSociety(house);
    const known = await givenOfficer(house, societyId, 'CHAIR');
    const disabled = await givenOfficer(house, societyId, 'CLERK');
    const admin = callerOf({ roles: ['system-admin'] });
    await house.get(AccessService).disable(admin, disabled.accountId);
    Object.assign(logins, {
      known: known.login,
      disabled: disabled.login,
      unknown: `nobody-${randomUUID().slice(0, 8)}`,
      'no login at all': '不是账号 ',
      empty: '',
    });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const WHO = ['known', 'disabled', 'unknown', 'no login at all', 'empty'] as const;

  /** How often a password was compared meanwhile, and what was said. */
  async function workOf<Said>(act: () => Promise<Said>) {
    const compared = jest.spyOn(house.get(Passwords), 'matches');
    const said = await act();
    const comparisons = compared.mock.calls.length;
    compared.mockRestore();
    return { comparisons, said };
  }
  const attempt = (login: string, password: string) => ({
    ...{ login, password, origin: 'web' as const, keep: false, device: null, societyId: null },
    address: null,
  });
  const codeOf = (act: Promise<unknown>): Promise<string> =>
    act.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code ?? 'unknown',
    );

  it.each(WHO)(
    'compares one password for somebody who is %s, by each door, and says the same',
    async (who) => {
      const login = logins[who] ?? '';
      const doors = [
        () => codeOf(house.get(SessionsService).signIn(attempt(login, 'wrong-password'))),
        () => codeOf(house.get(SignInService).begin(attempt(login, 'wrong-password'))),
      ];
      for (const door of doors)
        expect(await workOf(door)).toEqual({ comparisons: 1, said: 'WRONG_CREDENTIALS' });
    },
  );

  it('shows one page to all of them, but for what they typed', async () => {
    const pages = new Set<string>();
    for (const who of WHO.slice(0, 3)) {
      const visitor = new Visitor(house.app);
      const form = await visitor.open('/sign-in');
      const login = logins[who] ?? '';
      const { comparisons, said } = await workOf(() => form.send({ login, password: 'wrong-password' }));
      expect([who, comparisons, said.statusCode]).toEqual([who, 1, 422]);
      pages.add(said.body.replaceAll(login, 'LOGIN').replace(/value="[\w.+/=&#;-]{20,}"/g, 'value=""'));
    }
    expect(pages.size).toBe(1);
  });

  it('answers programs alike', async () => {
    const answers = new Set<string>();
    for (const who of WHO.slice(0, 3)) {
      const payload = { login: logins[who] ?? '', password: 'wrong-password' };
      const asked = () => house.app.inject({ method: 'POST', url: '/api/v1/sessions', payload });
      const { comparisons, said } = await workOf(asked);
      expect([who, comparisons]).toEqual([who, 1]);
      const { requestId, ...problem } = said.json<Record<string, unknown>>();
      expect(typeof requestId).toBe('string');
      answers.add(JSON.stringify([said.statusCode, problem]));
    }
    expect(answers.size).toBe(1);
  });

  it('control: a door that looks for the account first and asks no more would be told apart', async () => {
    const hasty = async (login: string) => {
      const [found] = await house.dataSource.query<unknown[]>('SELECT id FROM accounts WHERE login = ?', [
        login,
      ]);
      return found
        ? house
            .get(Passwords)
            .matches('$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAA', PASSWORD)
            .catch(() => false)
        : false;
    };
    const [known, unknown] = [
      await workOf(() => hasty(logins['known'] ?? '')),
      await workOf(() => hasty(logins['unknown'] ?? '')),
    ];
    expect(known.comparisons).not.toBe(unknown.comparisons);
  });
});
