/**
 * One connection: its {@link jakarta.websocket.Session}, its frames, its outbox, its heartbeat.
 *
 * <p>What belongs here: everything between the container's WebSocket API and the hub's {@link
 * org.parley.hub.Connection}, and the registry of open connections. What does not: who else is in a room, what a message
 * causes, and how a frame's JSON looks.
 */
package org.parley.endpoint;
