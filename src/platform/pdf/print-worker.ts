import { parentPort, workerData } from 'node:worker_threads';
import { Config } from '../config.js';
import { Templates } from '../web/templates.js';
import { shareFonts } from './font-bytes.js';
import { MissingGlyph } from './pdf.errors.js';
import type { WorkerAnswer, WorkerJob, WorkerSettings } from './print-pool.js';
import { PaperPrinter } from './printer.js';

/*
 * One thread of the print pool: it reads templates and fonts once, then prints what it is sent, one paper after the
 * other. It knows no database and keeps nothing.
 */
const { environment, templates, fonts } = workerData as WorkerSettings;
shareFonts(fonts);
const printer = new PaperPrinter(new Config(environment), new Templates(templates));

async function printed({ id, paper }: WorkerJob): Promise<WorkerAnswer> {
  try {
    const { pdf, contentHash, pages } = await printer.print(paper);
    return { id, ok: true, pdf, contentHash, pages };
  } catch (error) {
    const glyph = error instanceof MissingGlyph ? error.details : null;
    return {
      id,
      ok: false,
      glyph,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

parentPort?.on('message', (job: WorkerJob) => {
  void printed(job).then((answer) => {
    parentPort?.postMessage(answer);
  });
});
