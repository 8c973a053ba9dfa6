/**
 * The room above or below the one that is open, round from the last to the first.
 *
 * @param {{rooms: object, active: string | null}} state of the store
 * @param {number} by -1 is the one above, 1 the one below
 * @param {boolean} unreadOnly passes over rooms without anything unread
 * @returns {string | null} the open one, if there is no other
 */
export function neighbour({ rooms, active }, by, unreadOnly) {
  const names = Object.values(rooms)
    .filter(({ name, unread }) => name === active || !unreadOnly || unread > 0)
    .map(({ name }) => name);
  return names[(names.indexOf(active) + by + names.length) % names.length] ?? active;
}
