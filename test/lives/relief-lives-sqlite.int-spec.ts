import { describeReliefLives } from './relief-lives.js';

describeReliefLives('sqlite');
