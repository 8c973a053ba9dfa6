import { Upload } from '../js/client/upload.js';
import { bytes } from './file-fakes.js';
import { assert, test } from './runner.js';

const CONTENT = bytes(100);
const turn = () => new Promise((resolve) => setTimeout(resolve));

class Stage {
  sent = [];
  told = [];

  constructor({ content = CONTENT, transfer = null, read } = {}) {
    const begin = { room: 'lobby', name: 'n', mime: 'text/plain', size: content.length };
    let request = 0;
    this.upload = new Upload({
      entry: { transfer, sha256: 'feed', begin },
      source: { size: content.length, read: read ?? (async (start, end) => content.subarray(start, end)) },
      send: (frame) => this.sent.push(frame) > 0,
      nextId: () => String(++request),
      tell: (event) => this.told.push(event),
    });
  }

  async hear(type, fields = {}) {
    this.upload.receive({ type, transfer: 't1', ...fields });
    await turn();
    return this;
  }

  async ready(fields = {}) {
    this.upload.start();
    return this.hear('ready', { id: '1', chunkBytes: 10, window: 40, have: 0, ...fields });
  }

  /** What was sent since the last time, short: chunks as offsets. */
  get news() {
    const all = this.sent.map(({ type, offset }) => offset ?? type);
    this.sent.length = 0;
    return all;
  }

  get events() {
    return this.told.map(({ type }) => type);
  }
}

test('sends a window, and one chunk more for each that is stored', async () => {
  const stage = await new Stage().ready();
  assert.equal(stage.news, ['begin', 0, 10, 20, 30]);
  await stage.hear('ack', { have: 10 });
  assert.equal(stage.news, [40]);
  await stage.hear('ack', { have: 50 });
  assert.equal(stage.news, [50, 60, 70, 80]);
  await stage.hear('ack', { have: 90 });
  assert.equal(stage.news, [90, 'end']);
  await stage.hear('stored', { file: 'f1', seq: 7 });
  assert.equal(stage.told.at(-1), { type: 'stored', file: 'f1', seq: 7 });
  assert.equal(stage.upload.waits, false);
});

test('the bytes are those of their offsets, and no chunk is cut but the last', async () => {
  const stage = await new Stage({ content: CONTENT.subarray(0, 45) }).ready({ window: 25 });
  await stage.hear('ack', { have: 20 });
  assert.equal(stage.sent.slice(1).map(({ offset, payload }) => [offset, payload && [...payload]]), [
    [0, [...CONTENT.subarray(0, 10)]],
    [10, [...CONTENT.subarray(10, 20)]],
    [20, [...CONTENT.subarray(20, 30)]],
    [30, [...CONTENT.subarray(30, 40)]],
    [40, [...CONTENT.subarray(40, 45)]],
    [undefined, undefined],
  ]);
});

test('an empty file has no chunk', async () => {
  const stage = await new Stage({ content: new Uint8Array(0) }).ready();
  assert.equal(stage.news, ['begin', 'end']);
});

test('a cut after each frame goes on with what the server has', async () => {
  const whole = ['begin', 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 'end'];
  for (let cut = 0; cut < whole.length; cut++) {
    const stage = await new Stage().ready({ window: cut * 10 || 10 });
    stage.upload.stop();
    await stage.hear('ack', { have: 100 });
    const sent = stage.sent.length;
    const have = Math.max(0, Math.min(100, (sent - 2) * 10));
    stage.upload.start();
    assert.equal(stage.sent.at(-1), { type: 'begin', id: '2', transfer: 't1' });
    stage.news;
    await stage.hear('ready', { id: '2', chunkBytes: 10, window: 100, have });
    assert.equal(stage.news, [...whole.slice(1 + have / 10)]);
    await stage.hear('stored', { file: 'f1' });
    assert.equal(stage.events.at(-1), 'stored');
  }
});

test('a cut before the answer begins again, as nobody knows its name', async () => {
  const stage = new Stage();
  stage.upload.start();
  stage.upload.stop();
  stage.upload.start();
  assert.equal(stage.sent[1], { ...stage.sent[0], id: '2' });
  await stage.hear('ready', { id: '2', chunkBytes: 10, window: 40, have: 0 });
  assert.equal(stage.events, ['ready']);
});

test('a lost answer to the end asks again and gets the same', async () => {
  const stage = await new Stage().ready({ window: 100 });
  assert.equal(stage.news.at(-1), 'end');
  stage.upload.stop();
  stage.upload.start();
  await stage.hear('ready', { id: '2', chunkBytes: 10, window: 100, have: 100 });
  assert.equal(stage.news, ['begin', 'end']);
  await stage.hear('stored', { file: 'f1' });
  assert.equal(stage.events.filter((type) => type === 'stored').length, 1);
});

test('what was stored meanwhile may be said instead of ready', async () => {
  const stage = new Stage({ transfer: 't1' });
  stage.upload.start();
  await stage.hear('stored', { file: 'f1' });
  assert.equal(stage.events, ['stored']);
});

test('a nack rewinds once, whatever was in flight behind it', async () => {
  const stage = await new Stage().ready();
  stage.news;
  await stage.hear('nack', { expected: 10 });
  await stage.hear('nack', { expected: 10 });
  await stage.hear('nack', { expected: 10 });
  assert.equal(stage.news, [10, 20, 30]);
  await stage.hear('ack', { have: 20 });
  assert.equal(stage.news, [40, 50]);
  await stage.hear('nack', { expected: 30 });
  assert.equal(stage.news, [30, 40, 50]);
});

test('a nack may ask for what was stored already, or for what is further on', async () => {
  const stage = await new Stage().ready();
  await stage.hear('ack', { have: 40 });
  stage.news;
  await stage.hear('nack', { expected: 20 });
  assert.equal(stage.news, [20, 30, 40, 50]);
  await stage.hear('nack', { expected: 90 });
  assert.equal(stage.news, []);
  await stage.hear('ack', { have: 90 });
  assert.equal(stage.news, [90, 'end']);
});

test('a nack after the end sends the missing part and ends once more', async () => {
  const stage = await new Stage().ready({ window: 100 });
  stage.news;
  await stage.hear('nack', { expected: 80 });
  assert.equal(stage.news, [80, 90, 'end']);
  const mismatch = { code: 119, name: 'mismatch', message: 'Only 80 of 100 bytes came.', retryable: false };
  await stage.hear('error', mismatch);
  assert.equal(stage.events, ['ready', 'ending', 'ending']);
  await stage.hear('error', mismatch);
  assert.equal(stage.events.at(-1), 'refused');
});

test('acks that are old, repeated or impossible change nothing', async () => {
  const stage = await new Stage().ready();
  await stage.hear('ack', { have: 20 });
  stage.news;
  stage.told.length = 0;
  for (const have of [20, 10, 0, 101, 1e9]) await stage.hear('ack', { have });
  assert.equal([stage.news, stage.told], [[], []]);
});

test('an answer of the connection before is nobody’s', async () => {
  const stage = await new Stage().ready();
  stage.upload.stop();
  stage.news;
  for (const type of ['ack', 'nack', 'stored', 'cancelled', 'error']) await stage.hear(type, { have: 30, expected: 0, file: 'f' });
  assert.equal([stage.news, stage.events], [[], ['ready']]);
});

test('a pause holds back what was not sent, and nothing is lost by it', async () => {
  const stage = await new Stage().ready();
  stage.upload.pause();
  stage.news;
  await stage.hear('ack', { have: 40 });
  assert.equal(stage.news, []);
  stage.upload.resume();
  await turn();
  assert.equal(stage.news, [40, 50, 60, 70]);
});

test('a pause during a read does not send what was read', async () => {
  const reads = [];
  const stage = new Stage({ read: (start, end) => new Promise((resolve) => reads.push(() => resolve(CONTENT.subarray(start, end)))) });
  await stage.ready();
  stage.upload.pause();
  reads.shift()();
  await turn();
  assert.equal(stage.news, ['begin']);
  stage.upload.resume();
  await turn();
  reads.shift()();
  await turn();
  assert.equal(stage.news, [0]);
});

test('what is read when the server rewinds is not sent behind it', async () => {
  const reads = [];
  const stage = new Stage({ read: (start, end) => new Promise((resolve) => reads.push({ start, go: () => resolve(CONTENT.subarray(start, end)) })) });
  await stage.ready({ have: 50 });
  await stage.hear('nack', { expected: 0 });
  assert.equal(reads.map(({ start }) => start), [50, 0]);
  reads[0].go();
  await turn();
  assert.equal(stage.news, ['begin']);
  reads[1].go();
  await turn();
  assert.equal(stage.news, [0]);
});

test('a cancel ends it in each state', async () => {
  const begun = new Stage();
  begun.upload.start();
  begun.upload.cancel();
  await begun.hear('ready', { id: '1', chunkBytes: 10, window: 40, have: 0 });
  assert.equal([begun.news, begun.told], [['begin'], [{ type: 'cancelled', transfer: 't1' }]]);

  for (const prepare of [async () => {}, (stage) => stage.hear('ack', { have: 100 }), async (stage) => stage.upload.stop()]) {
    const stage = await new Stage().ready();
    await prepare(stage);
    stage.upload.cancel();
    stage.news;
    stage.told.length = 0;
    for (const type of ['ack', 'nack', 'stored', 'error']) await stage.hear(type, { have: 50, expected: 0 });
    stage.upload.start();
    assert.equal([stage.news, stage.told], [[], []]);
  }
});

test('an error of the server ends it', async () => {
  const stage = await new Stage().ready();
  stage.news;
  const error = { code: 121, name: 'quota', message: 'Full.', retryable: false };
  await stage.hear('error', error);
  assert.equal(stage.told.at(-1).error.name, 'quota');
  await stage.hear('ack', { have: 40 });
  assert.equal(stage.news, []);
});

test('a file that can no longer be read ends it', async () => {
  const stage = await new Stage({ read: () => Promise.reject(new DOMException('Changed.', 'NotReadableError')) }).ready();
  assert.equal(stage.events, ['ready', 'unreadable']);
});
