import { readFileSync } from 'node:fs';

const EDGES = JSON.parse(readFileSync(new URL('./edges.json', import.meta.url), 'utf8'));

/**
 * The last lines of a run: how many tests passed on each database and in the browser, and which numbered edge cases of
 * the domain ran where. A whole run that lacks one of them has failed.
 */
export default class ByDatabase {
  onRunComplete(_contexts, { testResults, numFailedTests, numPassedTests, numRuntimeErrorTestSuites }) {
    const passed = testResults
      .flatMap((file) => file.testResults)
      .filter(({ status }) => status === 'passed');
    const within = (place) => passed.filter(({ ancestorTitles }) => ancestorTitles.includes(place));
    const [mariadb, browser] = [within('mariadb').length, within('browser').length];
    const missing = process.env.WHOLE_SUITE === '1' ? this.edges(passed, mariadb > 0) : [];
    if (missing.length > 0) {
      // Jest takes the error for its exit status and shows it to nobody.
      this.error = new Error(`Edge cases without a test: ${missing.join(', ')}`);
      console.error(this.error.message);
    }
    process.once('exit', () => {
      console.log(`sqlite ${passed.length - mariadb - browser} passed`);
      console.log(mariadb > 0 ? `mariadb ${mariadb} passed` : 'mariadb not run');
      console.log(browser > 0 ? `browser ${browser} passed` : 'browser not run');
      console.log(
        `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites + missing.length} failed`,
      );
    });
  }

  getLastError() {
    return this.error;
  }

  /** Prints where each row ran and names what did not run where it must. */
  edges(passed, hasMariadb) {
    const ranAt = new Map();
    for (const { ancestorTitles, title } of passed)
      for (const [, row] of [...ancestorTitles, title].join(' ').matchAll(/D4-(\d+)/g)) {
        const place =
          ancestorTitles.find((each) => ['sqlite', 'mariadb', 'browser'].includes(each)) ?? 'pure';
        ranAt.set(row, (ranAt.get(row) ?? new Set()).add(place));
      }
    const missing = [];
    const line = [];
    for (const [row, where] of Object.entries(EDGES)) {
      const places = ranAt.get(row) ?? new Set();
      line.push(`D4-${row} ${[...places].sort().join('+') || 'NOT RUN'}`);
      const wanted = where === 'pure' ? [] : ['sqlite', ...(hasMariadb ? ['mariadb'] : [])];
      if (places.size === 0 || wanted.some((place) => !places.has(place)))
        missing.push(`D4-${row} (${where})`);
    }
    console.log(`\nEdge cases of the domain: ${line.join(' · ')}`);
    return missing;
  }
}
