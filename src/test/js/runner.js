/** A test that takes longer waits for something that will not come. */
const LIMIT_MS = 5000;
const tests = [];

export const test = (name, f) => tests.push({ name, f });

/** Comparisons are of JSON with sorted keys, so `undefined` members do not count. */
const text = (value) =>
  JSON.stringify(value, (_, member) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

export const assert = {
  ok(value, message = `not truthy: ${text(value)}`) {
    if (!value) throw new Error(message);
  },
  equal(actual, expected) {
    if (text(actual) !== text(expected)) throw new Error(`expected ${text(expected)}, got ${text(actual)}`);
  },
  async rejects(promise, name) {
    try {
      await promise;
    } catch (error) {
      if (error.name !== name) throw new Error(`expected ${name}, got ${error.name}: ${error.message}`);
      return error;
    }
    throw new Error(`expected ${name}, but nothing was thrown`);
  },
};

/** @returns {Promise<{name: string, error: string | null}[]>} */
export async function runFile(url) {
  await import(url);
  const results = [];
  for (const { name, f } of tests) results.push({ name, error: await run(f) });
  return results;
}

async function run(f) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no result after ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  try {
    await Promise.race([f(), limit]);
    return null;
  } catch (error) {
    return String(error?.stack ?? error);
  } finally {
    clearTimeout(timer);
  }
}
