import { remembered } from '../page/remembered.js';
import en from './en.js';

/** What can be chosen. The pseudo-locale is for tests and in no list. */
export const LANGUAGES = Object.freeze({ en: 'English', de: 'Deutsch' });

const CATALOGUES = {
  en: async () => en,
  de: async () => (await import('./de.js')).default,
  pseudo: async () => (await import('./pseudo.js')).default,
};

/** The language that was chosen here, else the first of the browser's that there is. */
export const language = chosen();
export const direction = language === 'pseudo' ? 'rtl' : 'ltr';
/** For `Intl`: with the browser's region if it has one, as 14:02 and 2:02 PM are both English. */
export const locale = navigator.languages.find((each) => each.split('-')[0] === language) ?? (language === 'pseudo' ? 'en' : language);

const catalogue = await CATALOGUES[language]();
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
const lists = new Intl.ListFormat(locale);

function chosen() {
  const wanted = [remembered.language, ...navigator.languages.map((each) => each.split('-')[0])];
  return wanted.find((each) => Object.hasOwn(CATALOGUES, each)) ?? 'en';
}

/**
 * A text of the catalogue.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values] `count` decides the plural form; numbers are written as the language does
 */
export function t(key, values = {}) {
  const entry = catalogue[key] ?? en[key];
  const text = typeof entry === 'string' ? entry : (entry[plurals.select(values.count)] ?? entry.other);
  return text.replace(/\{(\w+)\}/gu, (_, name) => (typeof values[name] === 'number' ? numbers.format(values[name]) : (values[name] ?? '')));
}

/** @returns {string} e.g. `Ada, Grace and Alan` */
export const listed = (names) => lists.format(names);

/** What went wrong, in this language if it is one of the protocol's errors, else in the server's words. */
export function reason(error) {
  const key = `error.${error?.name}`;
  return Object.hasOwn(en, key) ? t(key) : (error?.message ?? '');
}
