/** A version of the frame's layout; another one cannot be read at all. */
const VERSION = 1;
const HEAD_BYTES = 4;

const SENT = { begin: 1, chunk: 2, end: 3, cancel: 4, open: 5, credit: 6 };
const RECEIVED = new Map([
  [2, 'chunk'],
  [16, 'welcome'],
  [17, 'ready'],
  [18, 'ack'],
  [19, 'nack'],
  [20, 'stored'],
  [21, 'cancelled'],
  [22, 'opened'],
  [23, 'sent'],
  [32, 'error'],
]);

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The frames of `/files`: u8 version, u8 type, u16 length of the header, the header as JSON, the payload; big-endian.
 * Here a frame is its header with the name of its type as `type` and the `payload`. A file's own type, which headers call
 * `type`, is `mime` here.
 *
 * @type {import('./connection.js').Framing}
 */
export const BINARY_FRAMES = Object.freeze({ subprotocol: 'parley.files.v1', encode, decode });

/**
 * @param {{type: string, mime?: string, payload?: Uint8Array}} frame
 * @returns {Uint8Array}
 * @throws {RangeError} the header is longer than its length can say
 */
function encode({ type, mime, payload = new Uint8Array(0), ...fields }) {
  const header = encoder.encode(JSON.stringify({ ...fields, type: mime }));
  if (header.length > 0xffff) throw new RangeError('A header has at most 65535 bytes.');
  const bytes = new Uint8Array(HEAD_BYTES + header.length + payload.length);
  bytes.set([VERSION, SENT[type], header.length >> 8, header.length & 0xff]);
  bytes.set(header, HEAD_BYTES);
  bytes.set(payload, HEAD_BYTES + header.length);
  return bytes;
}

/**
 * @param {ArrayBuffer} data
 * @returns {object | null} null: a type of a later version of the protocol
 * @throws {Error} this is no such frame
 */
function decode(data) {
  if (!(data instanceof ArrayBuffer) || data.byteLength < HEAD_BYTES) throw new SyntaxError('This is no frame.');
  const view = new DataView(data);
  const end = HEAD_BYTES + view.getUint16(2);
  if (view.getUint8(0) !== VERSION || end > data.byteLength) throw new SyntaxError('This is no frame of this version.');
  const fields = JSON.parse(decoder.decode(new Uint8Array(data, HEAD_BYTES, end - HEAD_BYTES)));
  if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) throw new SyntaxError('A header is an object.');
  const type = RECEIVED.get(view.getUint8(1));
  return type === undefined ? null : { ...fields, mime: fields.type, type, payload: new Uint8Array(data, end) };
}
