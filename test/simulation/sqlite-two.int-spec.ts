import { describeSimulation } from './simulation.js';

describeSimulation('sqlite', { number: 2, of: 2, file: 'sqlite-two' });
