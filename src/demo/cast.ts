import type { Office } from '../offices/index.js';
import type { Relation } from '../people/index.js';

export type Villager = {
  readonly name: string;
  readonly group: string;
  /** Day of birth and serial of a synthetic identity number; its place is no real one. */
  readonly born: string | null;
  readonly phone: string | null;
  readonly residence: 'HUKOU' | 'RESIDENT' | 'OUTSIDER';
  readonly card?: string;
  /** Of a child: who answers for it, by the key of the cast; that one enters first. */
  readonly guardian?: string;
  readonly offices?: readonly Office[];
  readonly login?: string;
};

/** Who is on the stage in one society, by what they are there for. */
export type Cast = Readonly<Record<string, Villager>>;

/** Ties of the register, by the keys of the cast. */
export type Tie = {
  readonly person: string;
  readonly relative: string;
  readonly relation: Relation;
};

/** Somebody who says by their name that they are made up; the serial makes number and phone their own. */
export function who(
  name: string,
  group: string,
  born: string | null,
  serial: number,
  more: Partial<Omit<Villager, 'name' | 'group' | 'born' | 'phone'>> = {},
): Villager {
  const phone = `19900000${String(serial).padStart(3, '0')}`;
  return {
    residence: 'HUKOU',
    ...more,
    name,
    group,
    born: born === null ? null : identityNumber(born, serial),
    phone,
  };
}

/** GB 11643: a number of a place that does not exist (990121), with the check digit that belongs to it. */
function identityNumber(born: string, serial: number): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const body = `990121${born}${String(serial * 10).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'[sum % 11] ?? ''}`;
}
