/**
 * Files that somebody dropped, pasted or chose; with a handle where the browser gives one, so that a later page finds the
 * file again without asking.
 *
 * @typedef {{file: File, handle: FileSystemFileHandle | null}} Chosen
 */

/**
 * @param {DataTransfer} transfer of a drop; it is only there while the event is
 * @returns {Promise<{chosen: Chosen[], folders: number}>}
 */
export async function dropped(transfer) {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const found = items.map((item) => ({
    folder: item.webkitGetAsEntry?.()?.isDirectory === true,
    file: item.getAsFile(),
    handle: handleOf(item),
  }));
  const files = found.filter(({ folder, file }) => !folder && file !== null);
  const chosen = await Promise.all(files.map(async ({ file, handle }) => ({ file, handle: await handle })));
  return { chosen, folders: found.length - files.length };
}

async function handleOf(item) {
  try {
    const handle = await item.getAsFileSystemHandle?.();
    return handle?.kind === 'file' ? handle : null;
  } catch (error) {
    // What does not come from a disk has none.
    if (!(error instanceof DOMException)) throw error;
    return null;
  }
}

/**
 * @param {DataTransfer} clipboard
 * @returns {Chosen[]} none if there is text: then the picture beside it is only how the text looked
 */
export function pasted(clipboard) {
  if (clipboard.types.includes('text/plain')) return [];
  return [...clipboard.files].map((file) => ({ file, handle: null }));
}

/**
 * Asks for files by the browser's picker that gives handles.
 *
 * @returns {Promise<Chosen[] | null>} null: this browser has none; an `<input>` has to ask
 */
export async function picked(multiple) {
  if (!globalThis.showOpenFilePicker) return null;
  try {
    const handles = await showOpenFilePicker({ multiple });
    return await Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    return [];
  }
}
