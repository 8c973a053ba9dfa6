/**
 * Rooms, members, order, presence, resume and limits, in plain Java.
 *
 * <p>What belongs here: everything that decides who gets which message in which order, and the ports through which the
 * hub reaches what it does not know: {@link org.parley.hub.MessageLog}, {@link org.parley.hub.Following}, {@link
 * org.parley.hub.Backplane} and {@link org.parley.hub.Connection}.
 *
 * <p>What does not: sockets, JSON, SQL, CDI and the container's threads. A body is a string that nobody here looks into;
 * threads come in as an {@link java.util.concurrent.Executor}, time as a {@link java.time.Clock}. Tests build the hub
 * with {@code new}.
 */
package org.parley.hub;
