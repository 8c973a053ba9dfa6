import { asHex, asText, bytes, content, isCookieValue, SHOWN_BYTES } from '../js/playground/content.js';
import { address, ENDPOINTS } from '../js/playground/endpoints.js';
import { assert, test } from './runner.js';

const endpoint = (path) => ENDPOINTS.find((each) => each.path === path);

test('there is one panel for each endpoint of the tutorials', () => {
  const paths = ['/ws', '/ws/echo', '/ws/json', '/ws/binary', '/ws/mixed', '/ws/compressed', '/items/{item_id}/ws'];
  const more = ['/ws/{client_id}', '/ws/chat', '/ws/toggle', '/ws/toggle/json', '/ws/dashboard'];
  assert.equal(ENDPOINTS.map(({ path }) => path), [...paths, ...more]);
});

test('addresses are below the context path, with parameters escaped and empty queries left out', () => {
  const items = address(endpoint('/items/{item_id}/ws'), { item_id: 'a/b ü' }, { token: 'x&y', q: '' }, 'https://h/some/path/');
  assert.equal(items.href, 'wss://h/some/path/items/a%2Fb%20%C3%BC/ws?token=x%26y');
  assert.equal(address(endpoint('/ws'), {}, {}, 'http://127.0.0.1:1/').href, 'ws://127.0.0.1:1/ws');
});

test('hexadecimal digits are bytes', () => {
  assert.equal([...bytes('00 ff:0A,0x7f\n10')], [0, 255, 10, 127, 16]);
  assert.equal([...bytes('')], []);
});

test('what is no content of its mode is refused with a reason', async () => {
  for (const [mode, text] of [['hex', 'abc'], ['hex', 'zz'], ['json', '{'], ['file', '']]) {
    await assert.rejects(content(mode, text, null), 'ContentError');
  }
});

test('JSON is sent as JSON and text as it is', async () => {
  assert.equal(await content('json', '{ "a": 1 }', null), '{"a":1}');
  assert.equal(await content('text', '{ "a": 1 }', null), '{ "a": 1 }');
});

test('zlib data has its header and gives the text back', async () => {
  const data = await content('zlib', 'ü'.repeat(1000), null);
  assert.equal(data[0] & 0x0f, 8);
  assert.equal(((data[0] << 8) | data[1]) % 31, 0);
  const text = await new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
  assert.equal(text, 'ü'.repeat(1000));
  assert.ok(data.length < 100);
});

test('bytes are shown as hexdump does', () => {
  const data = Uint8Array.from({ length: 18 }, (_, i) => i + 0x3f);
  assert.equal(
    asHex(data),
    '0000  3f 40 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e  ?@ABCDEFGHIJKLMN\n' +
      `0010  4f 50${' '.repeat(42)}  OP`,
  );
  assert.equal(asHex('ü'), `0000  c3 bc${' '.repeat(42)}  ..`);
});

test('a large frame is drawn in part', () => {
  const data = new Uint8Array(1_000_000).fill(65);
  assert.equal(asText(data).length, SHOWN_BYTES);
  assert.equal(asHex(data).split('\n').length, SHOWN_BYTES / 16);
});

test('a cookie that would change another one is refused', () => {
  assert.equal(['', 'abc=1', 'a;b', 'a b', 'ü', '"'].map(isCookieValue), [true, true, false, false, false, false]);
});
