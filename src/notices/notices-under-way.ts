import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';

type Row = { readonly state: string; readonly open: number | string };

/** What of a thread is still before the public, for whoever wants to erase what it speaks of. */
@Injectable()
export class NoticesUnderWay {
  /** Why not yet, in words without a name: a notice on its way or hanging, an objection nobody answered. */
  async of(tx: Tx, threadId: string): Promise<string[]> {
    const rows = await tx.read<Row>`
      SELECT state AS "state", open_objections AS "open" FROM notices WHERE thread_id = ${threadId}`;
    const hangs = rows.some(({ state }) => ['DRAFT', 'SIGNED', 'POSTED', 'RUNNING'].includes(state));
    const isObjected = rows.some(({ open }) => Number(open) > 0);
    return [...(hangs ? ['公示还没有结束'] : []), ...(isObjected ? ['异议还没有答复'] : [])];
  }
}
