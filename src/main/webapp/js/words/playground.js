import en from './playground-en.js';
import { learn } from './words.js';

await learn({ en, de: () => import('./playground-de.js') });
