import { direction, locale } from '../words/words.js';

const numbers = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, notation: 'compact' });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 3 });
const millis = new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', maximumSignificantDigits: 3 });
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
const bytes = UNITS.map(
  (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumSignificantDigits: 3 }),
);

function inBytes(value) {
  const power = value < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(value) / 3));
  return bytes[power].format(value / 1000 ** power);
}

const FORMATS = {
  count: (value) => (Number.isInteger(value) && value < 1e6 ? whole.format(value) : numbers.format(value)),
  rate: (value) => `${numbers.format(value)}/s`,
  bytes: inBytes,
  'bytes-rate': (value) => `${inBytes(value)}/s`,
  ms: (value) => millis.format(value),
  share: (value) => shares.format(value),
};

/** In a text from right to left `0/s` would be read as `s/0`: U+2068 and U+2069 let it go its own way. */
const isolated = (text) => (direction === 'rtl' ? `\u2068${text}\u2069` : text);

/** @returns {string} e.g. `1.2 MB/s`; a dash for what is not known */
export const quantity = (value, unit) => (value === null || value === undefined ? '–' : isolated(FORMATS[unit](value)));
