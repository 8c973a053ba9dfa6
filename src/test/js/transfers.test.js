import { BINARY_FRAMES } from '../js/client/binary-frames.js';
import { Digest, sha256 } from '../js/client/digest.js';
import { Rate } from '../js/client/rate.js';
import { FileSource } from '../js/client/source.js';
import { TransferJournal } from '../js/client/transfer-journal.js';
import { bytes, FakeTransferJournal, FilesHarness, read, USER, written } from './file-fakes.js';
import { FakeClock } from './fakes.js';
import { assert, test } from './runner.js';

const SHA256 = { 0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' };
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
const digestOf = async (content) => hex(await crypto.subtle.digest('SHA-256', content));
const never = new AbortController().signal;

test('frames are version, type, length, header and payload', async () => {
  const frame = BINARY_FRAMES.encode({ type: 'chunk', transfer: 't1', offset: 5, payload: Uint8Array.of(1, 2, 255) });
  assert.equal([...frame.subarray(0, 2), frame[2] * 256 + frame[3]], [1, 2, '{"transfer":"t1","offset":5}'.length]);
  assert.equal([...frame.subarray(-3)], [1, 2, 255]);
  const begin = read(BINARY_FRAMES.encode({ type: 'begin', id: '1', mime: 'text/plain', name: 'ä‮' }));
  assert.equal([begin.frame, begin.header], ['begin', { id: '1', type: 'text/plain', name: 'ä‮' }]);
});

const goldenBytes = async (name) =>
  Uint8Array.from((await (await fetch(new URL(`../golden/files/${name}.hex`, import.meta.url))).text()).trim().match(/../g), (byte) => parseInt(byte, 16));

test('frames are as the golden ones', async () => {
  const content = new TextEncoder().encode('hello');
  const sent = BINARY_FRAMES.encode({ type: 'chunk', transfer: 'm3vQ8yT2mLwX1bRZk7Jd0A', offset: 131_072, payload: content });
  assert.equal([...sent], [...(await goldenBytes('client-chunk'))]);
  const got = BINARY_FRAMES.decode((await goldenBytes('server-chunk')).buffer);
  assert.equal([got.type, got.transfer, got.offset, [...got.payload]], ['chunk', got.transfer, 131_072, [...content]]);
});

test('what comes is read by its type; another version, a cut header and text are refused, another type is left', async () => {
  const opened = BINARY_FRAMES.decode(written('opened', { transfer: 't', type: 'image/png' }, Uint8Array.of(9)));
  assert.equal([opened.type, opened.mime, opened.transfer, [...opened.payload]], ['opened', 'image/png', 't', [9]]);
  assert.equal(BINARY_FRAMES.decode(written(99)), null);
  const bad = [
    'text',
    new ArrayBuffer(3),
    written('ack', {}, [], 2),
    written('ack', { have: 1 }).slice(0, 8),
    new Uint8Array([1, 18, 0, 2, 91, 93]).buffer,
    new Uint8Array([1, 18, 0, 1, 255]).buffer,
  ];
  for (const data of bad) await assert.rejects((async () => BINARY_FRAMES.decode(data))(), data.byteLength === 5 ? 'TypeError' : 'SyntaxError');
});

test('SHA-256 of the vectors of NIST, in pieces', async () => {
  const vectors = {
    '': SHA256[0],
    abc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq: '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  };
  for (const [text, expected] of Object.entries(vectors)) {
    const digest = new Digest();
    for (const byte of new TextEncoder().encode(text)) digest.update(Uint8Array.of(byte));
    assert.equal(digest.hex(), expected);
  }
  const million = new Digest();
  for (let i = 0; i < 1000; i++) million.update(new Uint8Array(1000).fill(97));
  assert.equal(million.hex(), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});

test('SHA-256 of files of each length around a block, as Web Cryptography says', async () => {
  for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, (1 << 18) + 1, (1 << 20) + 77]) {
    const content = bytes(size, size);
    let last = 0;
    assert.equal(await sha256(new FileSource(new Blob([content])), never, (done) => (last = done)), await digestOf(content));
    assert.equal(last, size);
  }
});

test('a digest can be given up', async () => {
  const stop = new AbortController();
  await assert.rejects(sha256(new FileSource(new Blob([bytes(1 << 20)])), stop.signal, () => stop.abort()), 'AbortError');
});

test('a file is read in any order', async () => {
  const content = bytes((1 << 20) + 5000);
  const source = new FileSource(new Blob([content]));
  for (const [start, end] of [[0, 10], [10, 4000], [(1 << 20) - 5, (1 << 20) + 5], [3, 8], [(1 << 20) + 4990, (1 << 20) + 5000]]) {
    assert.equal([...(await source.read(start, end))], [...content.subarray(start, end)]);
  }
});

test('a speed is that of the last seconds', async () => {
  const clock = new FakeClock();
  const rate = new Rate(clock);
  rate.add(0);
  assert.equal(rate.perSecond, null);
  for (let i = 1; i <= 20; i++) {
    clock.pass(1000);
    rate.add(i <= 10 ? i * 1000 : 10_000 + (i - 10) * 5000);
  }
  assert.equal(rate.perSecond, 5000);
  rate.restart();
  assert.equal(rate.perSecond, null);
});

test('a file is checked, sent and forgotten when it is stored', async () => {
  const content = bytes(100);
  const harness = new FilesHarness();
  await harness.sending(content);
  assert.equal([harness.socket.url, harness.socket.protocols], ['wss://chat.example/some/path/files', ['parley.files.v1']]);
  const begin = await harness.sent('begin');
  assert.equal([begin.room, begin.name, begin.mime, begin.size, begin.sha256], ['lobby', 'notes.txt', 'text/plain', 100, await digestOf(content)]);
  await harness.sent('chunk', 4);
  harness.socket.tell('ack', { transfer: 't1', have: 40 });
  assert.equal(harness.views[0].done, 40);
  await harness.sent('chunk', 8);
  harness.socket.tell('ack', { transfer: 't1', have: 80 });
  const end = await harness.sent('end');
  assert.equal(end.sha256, begin.sha256);
  harness.socket.tell('stored', { transfer: 't1', file: 'f1', seq: 3 });
  await harness.gone();
  assert.equal([harness.published, harness.journal.kept.size], [[['notes.txt', 'f1']], 0]);
});

test('three are sent at once, the next when one is stored', async () => {
  const harness = new FilesHarness();
  await harness.transfers.begin(USER);
  for (let i = 0; i < 5; i++) await harness.add(bytes(10, i), { name: `${i}` });
  harness.socket.welcome();
  await harness.sent('begin', 3);
  assert.equal(harness.views.map(({ state }) => state), ['sending', 'sending', 'sending', 'waiting', 'waiting']);
  const { id } = harness.socket.of('begin')[1];
  harness.socket.tell('ready', { id, transfer: 'tb', chunkBytes: 10, window: 40, have: 10 });
  await harness.sent('end');
  harness.socket.tell('stored', { transfer: 'tb', file: 'fb' });
  await harness.sent('begin', 4);
  assert.equal(harness.views.map(({ name, state }) => [name, state]), [['0', 'sending'], ['2', 'sending'], ['3', 'sending'], ['4', 'waiting']]);
});

test('after a cut it goes on where the server says', async () => {
  const harness = new FilesHarness();
  await harness.sending();
  await harness.sent('chunk', 4);
  await harness.reconnect();
  assert.equal((await harness.sent('begin')).transfer, 't1');
  await harness.ready({ have: 30 });
  await harness.sent('chunk', 4);
  assert.equal(harness.socket.chunks, [[30, 10], [40, 10], [50, 10], [60, 10]]);
});

test('after a reload it goes on with the file from the journal, checked', async () => {
  const first = new FilesHarness();
  await first.sending();
  await first.sent('chunk', 4);
  first.transfers.end();
  const second = new FilesHarness({ journal: first.journal, seed: 2 });
  await second.transfers.begin(USER);
  await second.until(() => second.sockets.length === 1);
  second.socket.welcome();
  assert.equal((await second.sent('begin')).transfer, 't1');
  await second.ready({ have: 90 });
  await second.sent('end');
  assert.equal(second.socket.chunks, [[90, 10]]);
});

test('a file that was not kept is asked for, and another one is refused', async () => {
  const journal = new FakeTransferJournal();
  journal.full = true;
  const first = new FilesHarness({ journal });
  const id = await first.sending();
  await first.sent('chunk', 4);
  first.transfers.end();
  const second = new FilesHarness({ journal, seed: 2 });
  await second.transfers.begin(USER);
  await second.state('absent');
  const give = (content, name = 'notes.txt') => second.transfers.give(id, new File([content], name));
  await give(bytes(100), 'other.txt');
  assert.equal((await second.state('absent')).error.name, 'other-file');
  await give(bytes(99));
  assert.equal((await second.state('absent')).error.name, 'other-file');
  await give(bytes(100, 1));
  assert.equal(second.views[0].error, null);
  await second.until(() => second.views[0].state === 'absent' && second.views[0].error !== null);
  assert.equal(second.sockets.flatMap(({ sent }) => sent), []);
  await give(bytes(100));
  second.socket.welcome();
  assert.equal((await second.sent('begin')).transfer, 't1');
});

test('a handle gives the file again, with the browser’s leave', async () => {
  const journal = new FakeTransferJournal();
  const content = bytes(100);
  let leave = 'granted';
  const handle = {
    queryPermission: async () => leave,
    requestPermission: async () => (leave = 'granted'),
    getFile: async () => new File([content], 'notes.txt'),
  };
  const first = new FilesHarness({ journal });
  const id = await first.sending(content, { handle });
  await first.sent('chunk', 4);
  assert.equal([...journal.kept.values()].map(({ file }) => file), [null]);
  first.transfers.end();
  leave = 'prompt';
  const second = new FilesHarness({ journal, seed: 2 });
  await second.transfers.begin(USER);
  assert.equal((await second.state('absent')).permission, true);
  await second.transfers.permit(id);
  await second.until(() => second.sockets.length === 1);
  second.socket.welcome();
  assert.equal((await second.sent('begin')).transfer, 't1');
});

test('a pause lasts, also over a reload, and gives its turn away', async () => {
  const first = new FilesHarness();
  const id = await first.sending();
  await first.sent('chunk', 4);
  first.transfers.pause(id);
  first.socket.tell('ack', { transfer: 't1', have: 40 });
  await first.reconnect();
  assert.equal([first.views[0].state, first.socket.sent], ['paused', []]);
  first.transfers.end();
  const second = new FilesHarness({ journal: first.journal, seed: 2 });
  await second.transfers.begin(USER);
  await second.state('paused');
  assert.equal(second.sockets.length, 0);
  second.transfers.resume(id);
  second.socket.welcome();
  assert.equal((await second.sent('begin')).transfer, 't1');
});

test('a pause on a connection goes on there', async () => {
  const harness = new FilesHarness();
  const id = await harness.sending();
  await harness.sent('chunk', 4);
  harness.transfers.pause(id);
  harness.socket.tell('ack', { transfer: 't1', have: 40 });
  harness.transfers.resume(id);
  await harness.sent('chunk', 8);
  assert.equal(harness.socket.of('begin').length, 1);
});

test('a cancel is told to the server until it knows, also after a cut and a reload', async () => {
  const first = new FilesHarness();
  const id = await first.sending();
  await first.sent('chunk', 4);
  first.transfers.cancel(id);
  assert.equal([first.views, first.socket.last('cancel')?.transfer], [[], 't1']);
  await first.reconnect();
  assert.equal(first.socket.last('cancel')?.transfer, 't1');
  first.transfers.end();
  const second = new FilesHarness({ journal: first.journal, seed: 2 });
  await second.transfers.begin(USER);
  await second.until(() => second.sockets.length === 1);
  second.socket.welcome();
  assert.equal(second.socket.last('cancel')?.transfer, 't1');
  second.socket.tell('cancelled', { transfer: 't1' });
  await second.until(() => second.journal.kept.size === 0);
  assert.equal(second.views, []);
});

test('a cancel before the server’s answer is told with the answer', async () => {
  const harness = new FilesHarness();
  await harness.transfers.begin(USER);
  const id = await harness.add(bytes(100));
  harness.socket.welcome();
  await harness.sent('begin');
  harness.transfers.cancel(id);
  assert.equal(harness.socket.of('cancel'), []);
  await harness.ready();
  assert.equal(harness.socket.last('cancel')?.transfer, 't1');
  assert.equal(harness.journal.kept.size, 0);
});

test('a quota that is reached says so, and a retry goes on', async () => {
  const harness = new FilesHarness();
  const id = await harness.sending();
  await harness.sent('chunk', 4);
  harness.socket.tell('error', { transfer: 't1', code: 121, name: 'quota', message: 'Full.', retryable: false });
  assert.equal((await harness.state('failed')).error.name, 'quota');
  harness.transfers.resume(id);
  assert.equal((await harness.sent('begin', 2)).transfer, 't1');
});

test('what may succeed later is tried later, further apart each time', async () => {
  const harness = new FilesHarness();
  await harness.sending();
  for (let i = 0; i < 3; i++) {
    await harness.sent('begin', i + 1);
    const { id } = harness.socket.last('begin');
    harness.socket.tell('error', { id, code: 200, name: 'unavailable', message: 'No.', retryable: true, retryAfterMs: 60_000 });
    const view = await harness.state('waiting');
    assert.equal([view.held, view.error.name], [true, 'unavailable']);
    harness.clock.pass(59_000);
    assert.equal(harness.socket.of('begin').length, i + 1);
    harness.clock.pass(40_000);
    if (harness.socket.closedWith) await harness.reconnect();
  }
});

test('what the server forgot begins anew, and a mismatch only when somebody wants it', async () => {
  const harness = new FilesHarness();
  const id = await harness.sending();
  await harness.sent('chunk', 4);
  harness.socket.tell('error', { transfer: 't1', code: 118, name: 'no-file', message: 'No.', retryable: false });
  assert.equal((await harness.sent('begin', 2)).name, 'notes.txt');
  await harness.ready({ transfer: 't2' });
  harness.socket.tell('error', { transfer: 't2', code: 119, name: 'mismatch', message: 'No.', retryable: false });
  await harness.state('failed');
  harness.transfers.resume(id);
  assert.equal((await harness.sent('begin', 3)).transfer, undefined);
});

test('a file that is larger than the server takes is not even read', async () => {
  const harness = new FilesHarness();
  await harness.sending(bytes(100));
  await harness.add(bytes(1_000_001), { name: 'large' });
  assert.equal((await harness.state('failed', 1)).error.name, 'file-too-large');
});

test('a server that says nothing for long is left for a new connection', async () => {
  const harness = new FilesHarness();
  await harness.sending();
  await harness.sent('chunk', 4);
  harness.clock.pass(20_000);
  await harness.until(() => harness.socket.closedWith !== null || harness.sockets.length === 2);
  while (harness.sockets.length === 1) harness.clock.pass(1000);
  harness.socket.welcome();
  assert.equal((await harness.sent('begin')).transfer, 't1');
});

test('one that nobody needs is closed', async () => {
  const harness = new FilesHarness();
  const id = await harness.sending();
  await harness.sent('chunk', 4);
  harness.transfers.pause(id);
  harness.clock.pass(10_000);
  assert.equal(harness.socket.closedWith.code, 1000);
});

test('what is stored and could not be published stays, and is tried again', async () => {
  const harness = new FilesHarness();
  harness.publishes = false;
  const id = await harness.sending();
  harness.socket.tell('stored', { transfer: 't1', file: 'f1' });
  assert.equal((await harness.state('failed')).error.name, 'not-published');
  harness.publishes = true;
  harness.transfers.resume(id);
  await harness.sent('begin', 2);
  harness.socket.tell('stored', { transfer: 't1', file: 'f1' });
  await harness.gone();
  assert.equal(harness.published.length, 2);
});

test('another user’s uploads stay where they are, and signing out forgets one’s own', async () => {
  const first = new FilesHarness();
  await first.sending();
  first.transfers.end();
  const second = new FilesHarness({ journal: first.journal, seed: 2 });
  await second.transfers.begin({ id: 'guest:other' });
  assert.equal(second.views, []);
  await second.transfers.forget();
  assert.equal(first.journal.kept.size, 1);
  await second.transfers.begin(USER);
  await second.transfers.forget();
  assert.equal(first.journal.kept.size, 0);
});

test('a download gives credit for what was taken, and goes on after a cut', async () => {
  const content = bytes(60);
  const harness = new FilesHarness();
  const taken = [];
  const seen = [];
  const done = harness.transfers.fetch('f1', (part, offset) => void taken.push([offset, ...part]), (have, size) => seen.push([have, size]));
  harness.socket.welcome();
  const { id } = await harness.sent('open');
  const opened = { id, transfer: 'd1', file: 'f1', name: 'n', type: 'text/plain', size: 60, sha256: 'feed', chunkBytes: 20, window: 40 };
  harness.socket.tell('opened', opened);
  harness.socket.tell('chunk', { transfer: 'd1', offset: 0 }, content.subarray(0, 20));
  assert.equal((await harness.sent('credit')).have, 20);
  await harness.reconnect();
  const again = await harness.sent('open');
  assert.equal([again.file, again.offset], ['f1', 20]);
  harness.socket.tell('opened', { ...opened, id: again.id, transfer: 'd2' });
  harness.socket.tell('chunk', { transfer: 'd1', offset: 20 }, content.subarray(20, 40));
  harness.socket.tell('chunk', { transfer: 'd2', offset: 20 }, content.subarray(20, 40));
  harness.socket.tell('chunk', { transfer: 'd2', offset: 40 }, content.subarray(40, 60));
  harness.socket.tell('sent', { transfer: 'd2', sha256: 'feed' });
  assert.equal(await done, { size: 60, sha256: 'feed' });
  assert.equal(taken, [[0, ...content.subarray(0, 20)], [20, ...content.subarray(20, 40)], [40, ...content.subarray(40, 60)]]);
  assert.equal(seen, [[20, 60], [40, 60], [60, 60]]);
});

test('a download gives credit for half a window at a time', async () => {
  const harness = new FilesHarness();
  const taken = [];
  harness.transfers.fetch('f1', (part, offset) => void taken.push(offset));
  harness.socket.welcome();
  const { id } = await harness.sent('open');
  harness.socket.tell('opened', { id, transfer: 'd1', file: 'f1', size: 200, sha256: 'feed', chunkBytes: 20, window: 80 });
  for (const offset of [0, 20, 40, 60, 80]) harness.socket.tell('chunk', { transfer: 'd1', offset }, bytes(20));
  await harness.until(() => taken.length === 5);
  assert.equal(
    harness.socket.of('credit').map(({ have }) => have),
    [40, 80],
  );
});

test('a download with a hole, too few bytes, or another content fails, and the server is told', async () => {
  const fetched = async (...frames) => {
    const harness = new FilesHarness();
    const done = harness.transfers.fetch('f1', () => {});
    harness.socket.welcome();
    const { id } = await harness.sent('open');
    harness.socket.tell('opened', { id, transfer: 'd1', file: 'f1', size: 60, sha256: 'feed', chunkBytes: 20, window: 40 });
    for (const [name, header, payload] of frames) harness.socket.tell(name, { transfer: 'd1', ...header }, payload);
    return { harness, done };
  };
  const hole = await fetched(['chunk', { offset: 20 }, bytes(20)]);
  await assert.rejects(hole.done, 'RangeError');
  assert.equal(hole.harness.socket.last('cancel').transfer, 'd1');
  await assert.rejects((await fetched(['chunk', { offset: 0 }, bytes(20)], ['sent', { sha256: 'feed' }])).done, 'RangeError');
  const refused = await assert.rejects((await fetched(['error', { code: 110, name: 'forbidden', message: 'No.', retryable: false }])).done, 'TransferError');
  assert.equal(refused.error.name, 'forbidden');
});

test('a slow taker is waited for, and one that is given up gets no more', async () => {
  const harness = new FilesHarness();
  const stop = new AbortController();
  const taken = [];
  let go;
  const done = harness.transfers.fetch('f1', (part, offset) => new Promise((resolve) => ((go = resolve), taken.push(offset))), () => {}, stop.signal);
  harness.socket.welcome();
  const { id } = await harness.sent('open');
  harness.socket.tell('opened', { id, transfer: 'd1', file: 'f1', size: 60, sha256: 'feed', chunkBytes: 20, window: 40 });
  harness.socket.tell('chunk', { transfer: 'd1', offset: 0 }, bytes(20));
  harness.socket.tell('chunk', { transfer: 'd1', offset: 20 }, bytes(20));
  await harness.until(() => taken.length === 1);
  assert.equal([taken, harness.socket.of('credit')], [[0], []]);
  stop.abort();
  go();
  await assert.rejects(done, 'AbortError');
  assert.equal([taken, harness.socket.last('cancel').transfer], [[0], 'd1']);
});

test('the journal is IndexedDB: entries by user, changes, the file itself', async () => {
  const journal = new TransferJournal(indexedDB, `test ${crypto.randomUUID()}`);
  const file = new File([bytes(1000)], 'a.bin');
  await journal.put({ id: '2', user: 'u', name: 'b', file: null });
  await journal.put({ id: '1', user: 'u', name: 'a', file });
  await journal.put({ id: '3', user: 'v', name: 'c', file: null });
  assert.equal((await journal.entries('u')).map(({ id }) => id), ['1', '2']);
  await journal.change('1', { transfer: 't' });
  await journal.change('9', { transfer: 't' });
  const entry = await journal.entry('1');
  assert.equal([entry.transfer, entry.file.name, [...new Uint8Array(await entry.file.arrayBuffer())]], ['t', 'a.bin', [...bytes(1000)]]);
  await journal.remove('2');
  await journal.clear('v');
  assert.equal([(await journal.entries('u')).length, (await journal.entries('v')).length, await journal.entry('9')], [1, 0, undefined]);
});
