import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isUUID, ValidateBy } from 'class-validator';
import { Choice as OneOf, OptionalText, Uuid } from '../platform/web/fields.js';
import { CHOICES } from './domain/board-vote.js';
import type { Ballot } from './domain/board-vote.js';
import { DECLARED_REASONS } from './domain/electorate.js';
import type { RecusalReason } from './domain/electorate.js';

/** No board is larger; a longer list is no show of hands. */
const MOST_HANDS = 60;

/**
 * The hands of those who came, as JSON: the sheet comes with a photo, so its other fields come as text. The page
 * makes this field from its radio buttons.
 */
function Hands(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      description: 'Of those who came only. In a multipart body: the same list as JSON text.',
      type: 'array',
      maxItems: MOST_HANDS,
      items: {
        type: 'object',
        required: ['directorId', 'choice'],
        properties: { directorId: { type: 'string', format: 'uuid' }, choice: { enum: [...CHOICES] } },
      },
    }),
    Transform(({ value }) => handsIn(value)),
    ValidateBy(
      { name: 'hands', validator: { validate: Array.isArray } },
      { message: '请记下每位到会理事的票' },
    ),
  );
}

/** Undefined for anything that is no list of hands. */
function handsIn(value: unknown): Ballot[] | undefined {
  const list = typeof value === 'string' ? parsed(value) : value;
  if (!Array.isArray(list) || list.length > MOST_HANDS) return undefined;
  const hands = list.map(handIn);
  return hands.every((hand) => hand !== null) ? hands : undefined;
}

function handIn(value: unknown): Ballot | null {
  if (typeof value !== 'object' || value === null) return null;
  const { directorId, choice, ...rest } = value as Record<string, unknown>;
  const known = CHOICES.find((each) => each === choice);
  if (!isUUID(directorId) || !known || Object.keys(rest).length > 0) return null;
  return { directorId: directorId as string, choice: known };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What stands on the sign-in sheet; the photo of the sheet comes beside it as the file `sheet`. */
export class ShowOfHandsForm {
  @Uuid('请选谁主持')
  readonly presiderId!: string;

  @Hands()
  readonly hands!: Ballot[];

  @OptionalText({ label: '开会地点', max: 80 })
  readonly place?: string;
}

export class RecusalForm {
  @Uuid('请选是哪位理事')
  readonly directorId!: string;

  @OneOf(DECLARED_REASONS, '请选回避的原因')
  readonly reason!: RecusalReason;
}
