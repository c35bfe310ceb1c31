import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { societyOf } from '../platform/web/caller.js';
import { InstitutionAccountInvalid } from './domain/institution.errors.js';
import { readInstitutionAccount } from './domain/institution-account.js';
import { InstitutionSecrets } from './institution-secrets.queries.js';
import { InstitutionsStore } from './institutions.store.js';

export type InstitutionDraft = {
  readonly name: string;
  readonly bankName: string;
  /** As it was typed. */
  readonly accountNumber: string;
};

/** The institutions that a society pays to: hospitals, above all, to which relief goes in the place of the family. */
@Injectable()
export class InstitutionsService {
  constructor(
    private readonly store: InstitutionsStore,
    private readonly secrets: InstitutionSecrets,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  async addInstitution(caller: Caller, draft: InstitutionDraft): Promise<{ institutionId: string }> {
    const societyId = societyOf(caller.actor);
    const account = readInstitutionAccount(draft.accountNumber);
    if (!account.ok) throw new InstitutionAccountInvalid();
    return this.commands.run(caller, { act: 'addInstitution', body: draft }, async (tx, trail) => {
      const { id, name, bankName, accountTail } = await this.store.insert(tx, {
        societyId,
        name: tidy(draft.name),
        bankName: tidy(draft.bankName),
        account: account.number,
        createdAt: this.clock.now(),
        createdBy: caller.actor.personId,
      });
      const words = `登记收款机构 尾号 ${accountTail}`;
      trail.on('payee-institution', id, { after: { name, bankName, accountTail }, words });
      return { institutionId: id };
    });
  }

  /** From now on no order is addressed to it, and nothing more is paid to it. What was paid stays as it is. */
  async endInstitution(
    caller: Caller,
    asked: { readonly institutionId: string },
  ): Promise<{ institutionId: string }> {
    const { institutionId } = asked;
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'endInstitution', body: asked }, async (tx, trail) => {
      const endedAt = this.clock.now();
      await this.store.end(tx, { societyId, institutionId }, endedAt);
      trail.on('payee-institution', institutionId, { after: { endedAt }, words: '停用收款机构' });
      return { institutionId };
    });
  }

  /** The whole number, for whoever pays to it. Every look is kept in the trail with its reason. */
  async revealAccount(
    actor: Actor,
    institutionId: string,
    { reason, threadId }: { readonly reason: string; readonly threadId: string },
  ): Promise<string> {
    const number = await this.secrets.account(societyOf(actor), institutionId);
    const words = `查看完整账号：${reason}`;
    await this.commands.recordRead(actor, 'payee-institution', institutionId, { words, threadId });
    return number;
  }
}

/** One space where several were typed. */
const tidy = (text: string): string => text.trim().replace(/\s+/gu, ' ');
