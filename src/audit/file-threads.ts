import { Injectable } from '@nestjs/common';

/** Whose road a look at a file belongs to, and what was looked at in a few words: 看了身份证照片. */
export type FileThread = { readonly threadId: string; readonly words: string };
export type FileFinder = (fileId: string) => Promise<FileThread | null>;

/** Contexts below say at start-up which files are theirs, so that a look at one stands in the timeline of its case. */
@Injectable()
export class FileThreads {
  private readonly finders = new Map<string, FileFinder>();

  /** `prefix` begins the purpose of every file of that context: `case-`. */
  register(prefix: string, finder: FileFinder): void {
    this.finders.set(prefix, finder);
  }

  async of({ purpose }: { readonly purpose: string }, fileId: string): Promise<FileThread | null> {
    for (const [prefix, finder] of this.finders) if (purpose.startsWith(prefix)) return finder(fileId);
    return null;
  }
}
