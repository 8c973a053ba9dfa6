/**
 * What is drawn, and how it follows from the snapshots.
 *
 * @typedef {{label: string, of: (history: import('./history.js').History) => (number | null)[]}} Series label is a key of the
 *   catalogue
 * @typedef {{id: string, title: string, unit: 'count' | 'rate' | 'bytes' | 'bytes-rate' | 'ms' | 'share',
 *   total?: boolean, series: Series[]}} Panel `total`: what happened now and then, of which the sum tells more than the last
 */

const value = (label, field, scale = 1) => ({
  label,
  of: (history) => history.values(field).map((each) => (each === null || each < 0 ? null : each * scale)),
});
const rate = (label, field, scale = 1) => ({
  label,
  of: (history) => history.rates(field).map((each) => (each === null ? null : each * scale)),
});
const increase = (label, field) => ({ label, of: (history) => history.increases(field) });

/** @type {readonly Panel[]} */
export const PANELS = Object.freeze([
  { id: 'connections', title: 'dashboard.connections', unit: 'count', series: [value('dashboard.connections', 'connections')] },
  {
    id: 'messages',
    title: 'dashboard.messages',
    unit: 'rate',
    series: [rate('dashboard.publishes', 'published'), rate('dashboard.deliveries', 'delivered')],
  },
  {
    id: 'append',
    title: 'dashboard.append',
    unit: 'ms',
    series: [value('dashboard.p50', 'appendP50'), value('dashboard.p99', 'appendP99')],
  },
  {
    id: 'delivery',
    title: 'dashboard.delivery',
    unit: 'ms',
    series: [value('dashboard.p50', 'deliveryP50'), value('dashboard.p99', 'deliveryP99')],
  },
  {
    id: 'outbox',
    title: 'dashboard.outbox',
    unit: 'bytes',
    series: [value('dashboard.outbox-all', 'outboxBytes'), value('dashboard.outbox-longest', 'outboxLongest')],
  },
  { id: 'slow', title: 'dashboard.slow', unit: 'count', total: true, series: [increase('dashboard.slow-ended', 'slow')] },
  {
    id: 'resumes',
    title: 'dashboard.resumes',
    unit: 'count',
    total: true,
    series: [increase('dashboard.resumed', 'resumes'), increase('dashboard.unrecovered', 'unrecovered')],
  },
  {
    id: 'errors',
    title: 'dashboard.errors',
    unit: 'count',
    total: true,
    series: [increase('dashboard.errors-answered', 'errors'), increase('dashboard.rate-limited', 'rateLimited')],
  },
  {
    id: 'network',
    title: 'dashboard.network',
    unit: 'bytes-rate',
    series: [rate('dashboard.received', 'receivedBytes'), rate('dashboard.sent', 'sentBytes')],
  },
  { id: 'heap', title: 'dashboard.heap', unit: 'bytes', series: [value('dashboard.heap-used', 'heapUsed')] },
  { id: 'gc', title: 'dashboard.gc', unit: 'share', series: [rate('dashboard.gc-share', 'gcMs', 1 / 1000)] },
  { id: 'cpu', title: 'dashboard.cpu', unit: 'share', series: [value('dashboard.cpu-share', 'cpu')] },
]);

/** @returns {{now: number | null, min: number | null, max: number | null, sum: number}} of the numbers that are there */
export function summary(values) {
  const known = values.filter((each) => each !== null);
  if (known.length === 0) return { now: null, min: null, max: null, sum: 0 };
  return {
    now: known.at(-1),
    min: Math.min(...known),
    max: Math.max(...known),
    sum: known.reduce((sum, each) => sum + each, 0),
  };
}
