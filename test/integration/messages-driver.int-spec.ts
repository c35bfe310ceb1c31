import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/house/command-line.js';
import { addDays, addHours, dayOf, startOfDay } from '../../src/kernel/day.js';
import { MessagesSender, MessagesService } from '../../src/messages/index.js';
import { Config } from '../../src/platform/config.js';
import { filedMessages } from '../../src/platform/messages/driver-of.js';
import type { FiledMessage } from '../../src/platform/messages/file.driver.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { phoneOf } from '../support/operator.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';

const filedIn = (dataDir: string): FiledMessage[] =>
  readFileSync(filedMessages(dataDir), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FiledMessage);

describe.each(kinds)('$name', (kind) => {
  describe('the file driver', () => {
    let house: House;
    beforeAll(async () => {
      house = await givenHouse(kind, undefined, { settings: { MESSAGES_DRIVER: 'file' } });
    });
    afterAll(() => expectSound(house));
    afterAll(() => house.close());

    it('tells a person of his own duties, and the group of the sums of the whole house', async () => {
      const village = await givenVillage(house);
      const number = await phoneOf(house, village.at.secretary.personId);
      await givenCase(village, { at: 'VERIFIED' });
      const other = await givenVillage(house);
      await givenCase(other, { at: 'VERIFIED' });
      house.clock.moveTo(addHours(startOfDay(addDays(dayOf(house.clock.now()), 4)), 8));
      await house.get(MessagesService).remindOfDuties(house.clock.now());
      expect(await house.get(MessagesSender).sendDue(house.clock.now())).toBe(2);
      const filed = filedIn(house.get(Config).dataDir);
      const own = filed.find(({ to }) => to === number);
      const group = filed.find(({ to }) => to === null);
      const [, mine = '0'] = /^您有(\d+)件事已经过期/.exec(own?.text ?? '') ?? [];
      const [, all = '0'] = /^各社共有(\d+)件事已经过期/.exec(group?.text ?? '') ?? [];
      expect(Number(mine)).toBeGreaterThan(0);
      expect(Number(all)).toBeGreaterThanOrEqual(2 * Number(mine));
    });
  });

  it('is tried out from the command line', async () => {
    const database = await kind.create();
    const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-cli-'));
    const environment = { DATABASE_URL: database.url, HUZHU_DATA_DIR: dataDir, MESSAGES_DRIVER: 'file' };
    const said: string[] = [];
    const spy = jest
      .spyOn(console, 'log')
      .mockImplementation((line: unknown) => void said.push(String(line)));
    try {
      await runCommandLine(['migrate'], environment);
      expect(await runCommandLine(['messages:test', '139 1234 5678'], environment)).toBe(0);
      expect(await runCommandLine(['messages:test', '12345'], environment)).toBe(1);
    } finally {
      spy.mockRestore();
    }
    expect(said).toContain('taken by file');
    expect(said).toContain('not a mobile number of eleven digits');
    expect(filedIn(dataDir)).toMatchObject([{ to: '13912345678', template: 'trial' }]);
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
