import { Early } from './client/early.js';

export const early = new Early({ url: new URL('../', import.meta.url) });
