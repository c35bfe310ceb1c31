import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { AuditAct, CommandRow } from './audit.entity.js';

type Key = { readonly scope: string; readonly act: string; readonly key: string };
type Claim = Key & { readonly id: string; readonly bodyHash: string; readonly at: Date };

const UNIQUE_KEY = {
  name: 'uq_commands_key',
  columns: 'commands.scope, commands.act, commands.command_key',
};

@Injectable()
export class AuditStore {
  async findCommand(tx: Tx, { scope, act, key }: Key): Promise<CommandRow | null> {
    return tx.rows.findOneBy(CommandRow, { scope, act, commandKey: key });
  }

  /** Somebody may be doing the same command at this moment: then a new unit, after theirs, finds its answer. */
  async claim(tx: Tx, { id, scope, act, key, bodyHash, at }: Claim): Promise<void> {
    try {
      await tx.insert(CommandRow, { id, scope, act, commandKey: key, bodyHash, answer: null, doneAt: at });
    } catch (error) {
      throw breaksUnique(error, UNIQUE_KEY) ? new StaleSnapshot(`${act} is being done`) : error;
    }
  }

  async answer(tx: Tx, id: string, answer: string): Promise<void> {
    await tx.changeOne(() => new Error('The command lost its own row'))`
      UPDATE commands SET answer = ${answer} WHERE id = ${id} AND answer IS NULL`;
  }

  async insertActs(tx: Tx, acts: AuditAct[]): Promise<void> {
    await tx.insert(AuditAct, acts);
  }
}
