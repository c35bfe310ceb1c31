import { describeSimulation } from './simulation.js';

describeSimulation('sqlite', { number: 1, of: 2, file: 'sqlite-one' });
