import { describeLives } from './house-lives.js';

describeLives('mariadb');
