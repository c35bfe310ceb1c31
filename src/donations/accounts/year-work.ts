import { Injectable } from '@nestjs/common';
import type { WorkLine } from '../../notices/index.js';

/** From the first instant of a year up to the first of the next. */
export type YearSpan = { readonly from: Date; readonly until: Date };

/** Rooms below that do the work of a house register here; each counts what it knows, and names nobody. */
export type SourceOfWork = {
  workIn(societyId: string, span: YearSpan): Promise<readonly WorkLine[]>;
};

/** What a house did in a year, as its report tells it. */
@Injectable()
export class YearWork {
  private readonly sources: SourceOfWork[] = [];

  register(source: SourceOfWork): void {
    this.sources.push(source);
  }

  async of(societyId: string, span: YearSpan): Promise<readonly WorkLine[]> {
    const lines = await Promise.all(this.sources.map((source) => source.workIn(societyId, span)));
    return lines.flat();
  }
}
