import { join } from 'node:path';
import { built, paperOf } from './sample.mjs';

/* A year's notices on the print pool, and the most memory that the process took for it. */
const count = Number(process.argv[2]);
const { PRINT_THREADS, PrintPools } = await built('platform/pdf/print-pool.js');
const { Config } = await built('platform/config.js');
const pool = new PrintPools(new Config({}), join(process.cwd(), 'templates')).open();
let [bytes, failed, mostRss] = [0, 0, 0];
const watch = setInterval(() => (mostRss = Math.max(mostRss, process.memoryUsage().rss)), 50);
const from = performance.now();
const numbers = (function* () {
  for (let n = 0; n < count; n++) yield n;
})();
for await (const outcome of pool.each(numbers, paperOf)) {
  if (outcome.ok) bytes += outcome.printed.pdf.length;
  else failed++;
}
const seconds = (performance.now() - from) / 1000;
clearInterval(watch);
await pool.close();
const { userCPUTime, systemCPUTime } = process.resourceUsage();
const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
process.send({ threads: PRINT_THREADS, seconds, cpuSeconds, bytes, failed, rssMb: mostRss / 1e6 });
