import { Column, PrimaryColumn } from 'typeorm';
import { fen } from '../../kernel/fen.js';

/** The key of a row: a UUID of version 7, so that rows lie in the order of their making. */
export const KeyColumn = (constraint: string): PropertyDecorator =>
  PrimaryColumn('varchar', { name: 'id', length: 36, primaryKeyConstraintName: constraint });

/** BIGINT in the database, `Fen` in the code. mysql2 hands BIGINT out as text, SQLite as a number. */
export const FenColumn = (name: string): PropertyDecorator =>
  Column('bigint', {
    name,
    transformer: { to: (value: unknown) => value, from: (value: string | number) => fen(Number(value)) },
  });

export const OptionalFenColumn = (name: string): PropertyDecorator =>
  Column('bigint', {
    name,
    nullable: true,
    transformer: {
      to: (value: unknown) => value,
      from: (value: string | number | null) => (value === null ? null : fen(Number(value))),
    },
  });

/** An instant in UTC, to the millisecond; the code sets it, never the database. */
export const InstantColumn = (name: string): PropertyDecorator => Column('datetime', { name, precision: 3 });
export const OptionalInstantColumn = (name: string): PropertyDecorator =>
  Column('datetime', { name, precision: 3, nullable: true });

/** A calendar day as YYYY-MM-DD: text, since drivers turn DATE into an instant of their own zone. */
export const DayColumn = (name: string): PropertyDecorator => Column('varchar', { name, length: 10 });
export const OptionalDayColumn = (name: string): PropertyDecorator =>
  Column('varchar', { name, length: 10, nullable: true });

export const IdColumn = (name: string): PropertyDecorator => Column('varchar', { name, length: 36 });
export const OptionalIdColumn = (name: string): PropertyDecorator =>
  Column('varchar', { name, length: 36, nullable: true });

export const WordColumn = (name: string, length: number): PropertyDecorator =>
  Column('varchar', { name, length });
export const OptionalWordColumn = (name: string, length: number): PropertyDecorator =>
  Column('varchar', { name, length, nullable: true });

export const TextColumn = (name: string): PropertyDecorator => Column('text', { name });
export const OptionalTextColumn = (name: string): PropertyDecorator =>
  Column('text', { name, nullable: true });

export const CountColumn = (name: string): PropertyDecorator => Column('int', { name });
export const OptionalCountColumn = (name: string): PropertyDecorator =>
  Column('int', { name, nullable: true });

/** Yes or no as SMALLINT 1 or 0: the one boolean that both databases hold alike. */
export const FlagColumn = (name: string): PropertyDecorator =>
  Column('smallint', {
    name,
    transformer: {
      to: (value: boolean | undefined) => (value === undefined ? undefined : value ? 1 : 0),
      from: (value: string | number) => Number(value) === 1,
    },
  });

/** JSON as TEXT: read and written whole, never searched in. */
export const JsonColumn = (name: string): PropertyDecorator =>
  Column('text', {
    name,
    transformer: {
      to: (value: unknown) => (value === undefined ? undefined : JSON.stringify(value)),
      from: (value: string) => JSON.parse(value) as unknown,
    },
  });
