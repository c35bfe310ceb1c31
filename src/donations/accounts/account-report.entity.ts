import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { Quarter } from '../domain/accounts.js';

/** The accounts of a quarter or a year, once: their notices are found by its id, one version after the other. */
@Entity('account_reports')
@Unique('uq_account_reports_once', ['societyId', 'fund', 'year', 'quarter'])
@Check('ck_account_reports_quarter', 'quarter BETWEEN 0 AND 4')
export class AccountReport {
  @KeyColumn('pk_account_reports')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', {
    name: 'fk_account_reports_society',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly societyId!: string;

  /** One of a federation's funds; empty for the whole house. */
  @WordColumn('fund', 40)
  readonly fund!: string;

  @CountColumn('year')
  readonly year!: number;

  /** 0 for the whole year. */
  @CountColumn('quarter')
  readonly quarter!: Quarter;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}
