/**
 * The endpoints of the tutorials: what the playground asks for each, and what it offers to send.
 *
 * @typedef {'text' | 'json' | 'hex' | 'zlib' | 'file'} Mode
 * @typedef {object} Endpoint
 * @property {string} id
 * @property {string} path with parameters in braces
 * @property {string} says one sentence
 * @property {{name: string, value: string, hint?: string}[]} [parameters] of the path
 * @property {{name: string, value: string, hint?: string}[]} [query] left out where empty
 * @property {{name: string, value: string}} [cookie] set for the endpoint's path only; none where empty
 * @property {Mode} mode offered first
 * @property {string} sample
 */

/** @type {Endpoint[]} */
export const ENDPOINTS = [
  {
    id: 'text',
    path: '/ws',
    says: 'Answers each text with “Message text was: …”.',
    mode: 'text',
    sample: 'Hello',
  },
  { id: 'echo', path: '/ws/echo', says: 'Answers each text with “Echo: …”.', mode: 'text', sample: 'Hello' },
  {
    id: 'json',
    path: '/ws/json',
    says: 'Takes JSON, gives it back and counts its fields. Try a text that is no JSON too.',
    mode: 'json',
    sample: '{"name": "Ada", "year": 1843}',
  },
  {
    id: 'binary',
    path: '/ws/binary',
    says: 'Takes bytes, says how many there were, and sends them back.',
    mode: 'hex',
    sample: '50 61 72 6c 65 79 00 ff',
  },
  { id: 'mixed', path: '/ws/mixed', says: 'Takes both, and says which it was.', mode: 'text', sample: 'Hello' },
  {
    id: 'compressed',
    path: '/ws/compressed',
    says: 'Takes zlib data and says how far it was compressed. Bytes that are no zlib get an error.',
    mode: 'zlib',
    sample: 'never odd or even, never odd or even, never odd or even',
  },
  {
    id: 'items',
    path: '/items/{item_id}/ws',
    says: 'Needs the cookie “session” or the query “token”; without either it closes with 1008.',
    parameters: [{ name: 'item_id', value: 'foo' }],
    query: [
      { name: 'token', value: 'some-key-token' },
      { name: 'q', value: '', hint: 'an integer' },
    ],
    cookie: { name: 'session', value: '' },
    mode: 'text',
    sample: 'Hello',
  },
  {
    id: 'clients',
    path: '/ws/{client_id}',
    says: 'Tells everyone what each client says, and who left. Open this page twice.',
    parameters: [{ name: 'client_id', value: String(Date.now()), hint: 'an integer' }],
    mode: 'text',
    sample: 'Hello, all',
  },
  {
    id: 'chat',
    path: '/ws/chat',
    says: 'The chat of the tutorial, with notices of who joined and left.',
    query: [{ name: 'username', value: 'Ada' }],
    mode: 'json',
    sample: '{"message": "Hello, all"}',
  },
  {
    id: 'toggle',
    path: '/ws/toggle',
    says: 'One status for everybody: “on” or “off”. Anything else closes with 1007.',
    mode: 'text',
    sample: 'on',
  },
  {
    id: 'toggle-json',
    path: '/ws/toggle/json',
    says: 'The same status as JSON.',
    mode: 'json',
    sample: '{"status": "off"}',
  },
  {
    id: 'dashboard',
    path: '/ws/dashboard',
    says: 'Sends the server’s figures each second. There is nothing to send.',
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
