import en from './dashboard-en.js';
import { learn } from './words.js';

await learn({ en, de: () => import('./dashboard-de.js') });
