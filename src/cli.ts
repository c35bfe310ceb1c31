import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { runCommandLine } from './house/command-line.js';

if (existsSync('.env')) loadEnvFile('.env');
// What a command that failed to begin has left open keeps nobody waiting.
process.exit(await runCommandLine(process.argv.slice(2), process.env));
