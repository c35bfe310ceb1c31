import { describeSimulation } from './simulation.js';

describeSimulation('mariadb', { number: 1, of: 1, file: 'mariadb' });
