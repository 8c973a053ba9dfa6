const FOUND = 30;
const PAGE = 200;
/** How many messages of a room one search reads; what is further back is found by searching again from there. */
const READ = 4000;

/** Without case and accents, as the server's own search has it elsewhere. */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Finds messages that have words which begin so, in this page: the server cannot.
 *
 * @param {string} query
 * @param {{shown: () => object[], older: (before: number, limit: number) => Promise<boolean>}} room `shown`: what is
 *   here, newest first; `older`: fetches what is before a seq and says whether there is more
 * @returns {Promise<{messages: object[], more: boolean}>} oldest first
 */
export async function searchSealed(query, { shown, older }) {
  const wanted = words(query);
  let more = true;
  for (let read = 0; more && read < READ && found(shown(), wanted).length <= FOUND; read += PAGE) {
    const before = firstUnknown(shown());
    if (before <= 1) more = false;
    else more = await fetched(older, before);
  }
  const all = wanted.length === 0 ? [] : found(shown(), wanted);
  return { messages: all.slice(0, FOUND).reverse(), more: more || all.length > FOUND };
}

async function fetched(older, before) {
  try {
    return await older(before, PAGE);
  } catch (error) {
    // Without a connection what is here can be searched all the same.
    if (error.name !== 'RequestError') throw error;
    return false;
  }
}

function found(messages, wanted) {
  return messages.filter((message) => {
    const text = message.kind === 'file' ? message.body.name : message.body.text;
    if (message.deleted || (message.kind !== 'text' && message.kind !== 'file') || typeof text !== 'string') return false;
    const has = words(text);
    return wanted.every((start) => has.some((word) => word.startsWith(start)));
  });
}

/** The seq above which everything is here, from the newest on. */
function firstUnknown(messages) {
  let next = messages[0]?.seq ?? 1;
  for (const { seq } of messages) {
    if (seq !== next) break;
    next--;
  }
  return next + 1;
}
