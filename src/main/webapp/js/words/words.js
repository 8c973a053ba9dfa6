import { remembered } from '../page/remembered.js';
import en from './en.js';

/** What can be chosen. The pseudo-locale is for tests and in no list. */
export const LANGUAGES = Object.freeze({ en: 'English', de: 'Deutsch' });

/** The language that was chosen here, else the first of the browser's that there is. */
export const language = chosen();
export const direction = language === 'pseudo' ? 'rtl' : 'ltr';
/** As pages say it; `XB` is the region that pseudo-locales from right to left have. */
export const languageTag = language === 'pseudo' ? 'en-XB' : language;
/** For `Intl`: with the browser's region if it has one, as 14:02 and 2:02 PM are both English. */
export const locale = navigator.languages.find((each) => each.split('-')[0] === language) ?? (language === 'pseudo' ? 'en' : language);

const english = {};
const catalogue = {};
await learn({ en, de: () => import('./de.js') });

const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
const lists = new Intl.ListFormat(locale);

function chosen() {
  const wanted = [remembered.language, ...navigator.languages.map((each) => each.split('-')[0])];
  return wanted.find((each) => Object.hasOwn(LANGUAGES, each) || each === 'pseudo') ?? 'en';
}

/**
 * Adds the texts that only some pages have to those of every page.
 *
 * @param {{en: object, [language: string]: object | (() => Promise<{default: object}>)}} texts in English, which stands in
 *   where another language has none; and how to load each other language, if it is spoken
 */
export async function learn({ en, ...others }) {
  Object.assign(english, en);
  Object.assign(catalogue, await spoken(en, others));
}

async function spoken(en, others) {
  if (language === 'en') return en;
  if (language === 'pseudo') return (await import('./pseudo.js')).pseudo(en);
  return (await others[language]()).default;
}

/**
 * A text of the catalogue.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values] `count` decides the plural form; numbers are written as the language does
 */
export function t(key, values = {}) {
  const entry = catalogue[key] ?? english[key];
  const text = typeof entry === 'string' ? entry : (entry[plurals.select(values.count)] ?? entry.other);
  return text.replace(/\{(\w+)\}/gu, (_, name) => (typeof values[name] === 'number' ? numbers.format(values[name]) : (values[name] ?? '')));
}

/** @returns {string} e.g. `Ada, Grace and Alan` */
export const listed = (names) => lists.format(names);

/** What went wrong, in this language if it is one of the protocol's errors, else in the server's words. */
export function reason(error) {
  const key = `error.${error?.name}`;
  return Object.hasOwn(english, key) ? t(key) : (error?.message ?? '');
}
