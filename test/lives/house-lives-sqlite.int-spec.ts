import { describeLives } from './house-lives.js';

describeLives('sqlite');
