import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readPeopleSheet } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { givenPerson, givenRegister, secretaryOf } from '../support/people.js';
import type { Register } from '../support/people.js';
import { sheetOfRows } from '../support/sheets.js';

/** Marked values: each can only come from the field it was typed into. */
const ID = '341702198503140010';
const LATER_ID = '341702198503140029';
const SHEET_ID = '34170219850314007X';
const PHONE = '13987654321';
const SHEET_PHONE = '13912344321';
const CARD = '6217001234567890122';
const SECRETS = [ID, LATER_ID, SHEET_ID, PHONE, SHEET_PHONE, CARD];

describe.each(kinds)('$name', (kind) => {
  let house: Register;

  beforeAll(async () => {
    house = await givenRegister(kind);
  });
  afterAll(async () => house.close());

  const tables = async (): Promise<string[]> => {
    const sql =
      kind.name === 'sqlite'
        ? `SELECT name AS "name" FROM sqlite_master WHERE type = 'table'`
        : `SELECT TABLE_NAME AS "name" FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`;
    const rows: { name: string }[] = await house.dataSource.query(sql);
    return rows.map(({ name }) => name);
  };

  /** Every value of every row, and on SQLite the bytes of the files too. */
  const dump = async (): Promise<string> => {
    const parts: string[] = [];
    for (const name of await tables())
      parts.push(`${name}: ${JSON.stringify(await house.dataSource.query(`SELECT * FROM "${name}"`))}`);
    if (kind.name === 'sqlite') {
      const [main]: { file: string }[] = await house.dataSource.query('PRAGMA database_list');
      for (const suffix of ['', '-wal']) parts.push(readFileSync(`${main?.file ?? ''}${suffix}`, 'latin1'));
    }
    return parts.join('\n');
  };

  it('holds no ID number, phone or card that can be read', async () => {
    const society = randomUUID();
    const { people } = house;
    const personId = await givenPerson(house, society, { idNumber: ID, phone: PHONE });
    await people.addPayeeAccount(secretaryOf(society), { personId, bankName: '农商行', cardNumber: CARD });
    const later = await givenPerson(house, society, { name: '逄某' });
    await people.supplyIdNumber(secretaryOf(society), { personId: later, idNumber: LATER_ID });
    const titles = ['姓名', '村民小组', '身份证号', '电话'];
    const sheet = await readPeopleSheet(await sheetOfRows([titles, ['王芳', '五组', SHEET_ID, SHEET_PHONE]]));
    await people.previewImport(secretaryOf(society), sheet); // waits, sealed
    const { importId } = await people.previewImport(secretaryOf(society), sheet);
    await people.confirmImport(secretaryOf(society), importId);

    const held = await dump();
    expect(SECRETS.filter((secret) => held.includes(secret))).toEqual([]);
    // The control: what is meant to be readable is found by the same means.
    expect(held).toContain(personId);
    expect(held).toContain(PHONE.slice(-4));
  });
});
