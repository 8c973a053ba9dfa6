import { Opener } from '../js/crypto/opener.js';
import { newSecret, RoomKey } from '../js/crypto/room-key.js';
import { Sealer } from '../js/crypto/sealer.js';
import { SealedLog } from '../js/store/sealed-log.js';
import { initial, reduce } from '../js/store/store.js';

const ROOM = 'sealed.x';
const PAGE = 200;
const STREAMS = 40;

async function sealed(roomKey, count) {
  const senders = Array.from({ length: STREAMS }, (_, i) => `guest:${i % 10}`);
  const sealers = senders.map((sender) => new Sealer(roomKey, ROOM, sender));
  const messages = [];
  for (let seq = 1; seq <= count; seq++) {
    const from = senders[seq % STREAMS];
    const text = 'A sentence of the length that people write. '.repeat(1 + (seq % 5));
    const body = await sealers[seq % STREAMS].seal({ kind: 'text', body: { text } });
    messages.push({ seq, n: seq, time: seq, id: `${seq}`, from, name: from, guest: true, kind: 'sealed', body });
  }
  return messages;
}

async function timed(f) {
  const began = performance.now();
  await f();
  return performance.now() - began;
}

/** Opens, judges and folds, as the page does: the newest 200, then older ones. Each time with keys still to be derived. */
async function read(roomKey, messages) {
  const log = new SealedLog();
  const opener = new Opener(roomKey);
  let state = reduce(initial, { type: 'opened', room: ROOM });
  for (let end = messages.length; end > 0; end -= PAGE) {
    const page = messages.slice(Math.max(0, end - PAGE), end);
    log.add(await Promise.all(page.map((message) => log.opened(opener, ROOM, message))));
    const shown = page.map(({ seq }) => log.shown(seq));
    const more = end > PAGE;
    const event = end === messages.length ? { type: 'page', epoch: 'e', older: more, renewed: false } : { type: 'older', before: end + 1, more };
    state = reduce(state, { ...event, room: ROOM, messages: shown });
  }
  const readable = state.rooms[ROOM].items.filter(({ body }) => body.text).length;
  if (readable !== messages.length) throw new Error(`${readable} of ${messages.length} are readable`);
}

/** @returns {Promise<Record<string, number>>} messages a second, and ms */
export async function measure() {
  const roomKey = await RoomKey.from(ROOM, newSecret());
  const count = 10_000;
  let messages;
  const sealing = await timed(async () => (messages = await sealed(roomKey, count)));
  const first = await timed(() => read(roomKey, messages.slice(0, 1000)));
  const opening = await timed(() => read(roomKey, messages));
  return { sealedPerSecond: (count / sealing) * 1000, openedPerSecond: (count / opening) * 1000, historyOf1000Ms: first };
}
