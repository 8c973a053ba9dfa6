/** What the browser's tab says: the open room, and how much is unread in all. */
export function title({ rooms, active }) {
  const unread = Object.values(rooms).reduce((sum, room) => sum + room.unread, 0);
  const name = active === null ? 'Parley' : `#${active} · Parley`;
  return unread > 0 ? `(${unread}) ${name}` : name;
}
