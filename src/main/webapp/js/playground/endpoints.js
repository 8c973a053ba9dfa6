/**
 * The endpoints of the tutorials: what the playground asks for each, and what it offers to send.
 *
 * @typedef {'text' | 'json' | 'hex' | 'zlib' | 'file'} Mode
 * @typedef {object} Endpoint
 * @property {string} id also of the text `playground.says-…` that says what it does
 * @property {string} path with parameters in braces
 * @property {{name: string, value: string, integer?: boolean}[]} [parameters] of the path
 * @property {{name: string, value: string, integer?: boolean}[]} [query] left out where empty
 * @property {{name: string, value: string}} [cookie] set for the endpoint's path only; none where empty
 * @property {Mode} mode offered first
 * @property {string} sample
 */

/** @type {Endpoint[]} */
export const ENDPOINTS = [
  {
    id: 'text',
    path: '/ws',
    mode: 'text',
    sample: 'Hello',
  },
  { id: 'echo', path: '/ws/echo', mode: 'text', sample: 'Hello' },
  {
    id: 'json',
    path: '/ws/json',
    mode: 'json',
    sample: '{"name": "Ada", "year": 1843}',
  },
  {
    id: 'binary',
    path: '/ws/binary',
    mode: 'hex',
    sample: '50 61 72 6c 65 79 00 ff',
  },
  { id: 'mixed', path: '/ws/mixed', mode: 'text', sample: 'Hello' },
  {
    id: 'compressed',
    path: '/ws/compressed',
    mode: 'zlib',
    sample: 'never odd or even, never odd or even, never odd or even',
  },
  {
    id: 'items',
    path: '/items/{item_id}/ws',
    parameters: [{ name: 'item_id', value: 'foo' }],
    query: [
      { name: 'token', value: 'some-key-token' },
      { name: 'q', value: '', integer: true },
    ],
    cookie: { name: 'session', value: '' },
    mode: 'text',
    sample: 'Hello',
  },
  {
    id: 'clients',
    path: '/ws/{client_id}',
    parameters: [{ name: 'client_id', value: String(Date.now()), integer: true }],
    mode: 'text',
    sample: 'Hello, all',
  },
  {
    id: 'chat',
    path: '/ws/chat',
    query: [{ name: 'username', value: 'Ada' }],
    mode: 'json',
    sample: '{"message": "Hello, all"}',
  },
  {
    id: 'toggle',
    path: '/ws/toggle',
    mode: 'text',
    sample: 'on',
  },
  {
    id: 'toggle-json',
    path: '/ws/toggle/json',
    mode: 'json',
    sample: '{"status": "off"}',
  },
  {
    id: 'dashboard',
    path: '/ws/dashboard',
    mode: 'text',
    sample: '',
  },
];

/**
 * @param {Endpoint} endpoint
 * @param {Record<string, string>} parameters
 * @param {Record<string, string>} query
 * @param {URL | string} application with a slash at the end
 * @returns {URL} ws: or wss:
 */
export function address(endpoint, parameters, query, application) {
  const path = endpoint.path.replace(/\{(\w+)\}/gu, (_, name) => encodeURIComponent(parameters[name] ?? ''));
  const url = new URL(path.slice(1), application);
  url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss:' : 'ws:';
  for (const [name, value] of Object.entries(query)) if (value !== '') url.searchParams.set(name, value);
  return url;
}
