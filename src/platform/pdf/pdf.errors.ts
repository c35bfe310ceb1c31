import { DomainError } from '../../kernel/domain-error.js';

/** A character that no font has stops the print: it never becomes a box on a wall (domain.md 1.7, D4-35). */
export class MissingGlyph extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'GLYPH_MISSING';
  readonly codePoint: string;

  constructor(char: string, field: string) {
    const codePoint = codePointOf(char);
    super(
      `字库里没有“${char}”（${codePoint}）这个字，出现在“${field}”。`,
      { codePoint, field },
      '请核对这个字是否输入有误；确是生僻字的，请系统管理员装上含这个字的字库（FONT_FANGSONG）。',
    );
    this.codePoint = codePoint;
  }
}

export class NoSuchPage extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PAPER_PAGE_NOT_FOUND';

  constructor(page: number, pages: number) {
    super(`没有第${page}页，这份文本共${pages}页。`, { page, pages });
  }
}

function codePointOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
