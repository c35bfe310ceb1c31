import { yuanText } from '../kernel/fen.js';
import type { FieldErrors } from '../platform/web/forms.js';
import { checkField, errorsOf } from '../platform/web/views.js';
import type { CheckView, ErrorView } from '../platform/web/views.js';
import type { MadeLink } from './ballot-links.service.js';
import type { RoundDirectorView, RoundView } from './board.queries.js';
import { saidWords } from './said.views.js';

export type LinksView = {
  readonly title: string;
  readonly back: string;
  readonly action: string;
  readonly directors: CheckView;
  readonly errors: readonly ErrorView[];
};

export type LinksMadeView = {
  readonly title: string;
  readonly back: string;
  readonly again: string;
  readonly links: readonly {
    readonly id: string;
    readonly name: string;
    readonly text: string;
    readonly isTexted: boolean;
  }[];
  /** The same form sent twice: the links were shown once, and are not kept. */
  readonly isRepeated: boolean;
};

const HOUR_MS = 3_600_000;

const isWaitedFor = ({ choice, unconfirmed }: RoundDirectorView): boolean => choice === null || unconfirmed;

/** 发给理事: whom a link is made for. Who has not voted is ticked already. */
export function linksView(round: RoundView, errors: FieldErrors): LinksView {
  const electors = round.directors.filter(({ reason }) => reason === null);
  const waited = electors.filter(isWaitedFor).map(({ personId }) => personId);
  return {
    title: '发给理事',
    back: `/s/rounds/${round.id}`,
    action: `/s/rounds/${round.id}/links`,
    directors: checkField(
      'directorIds[]',
      '给哪几位理事做链接？',
      electors.map((director) => ({
        value: director.personId,
        label: director.name,
        hint: saidWords(director),
      })),
      { directorIds: waited },
      errors,
    ),
    errors: errorsOf(errors),
  };
}

/** The ready words for each director: no name and no cause, since a message may be read over a shoulder. */
export function linksMadeView(round: RoundView, made: readonly MadeLink[], now: Date): LinksMadeView {
  const hours = Math.max(1, Math.ceil((round.deadlineAt.getTime() - now.getTime()) / HOUR_MS));
  const words = `【${round.societyName}】有一件急事请您表决，${yuanText(round.amountFen)} 元。点开投票（${hours} 小时内）`;
  return {
    title: '链接做好了',
    back: `/s/rounds/${round.id}`,
    again: `/s/rounds/${round.id}/links`,
    links: made.flatMap(({ directorId, name, url, isTexted }) =>
      url === null ? [] : [{ id: `link-${directorId}`, name, text: `${words}${url}`, isTexted }],
    ),
    isRepeated: made.some(({ url }) => url === null),
  };
}
