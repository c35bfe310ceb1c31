import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { runCommandLine } from './house/command-line.js';

if (existsSync('.env')) loadEnvFile('.env');
process.exitCode = await runCommandLine(process.argv.slice(2), process.env);
