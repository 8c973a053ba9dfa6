/**
 * The shape of every frame of {@code parley.v1}, and JSON-B.
 *
 * <p>What belongs here: records for what clients send, the encoding of what the hub delivers, and their limits. What does
 * not: what a frame causes, sockets, and who may send it.
 */
package org.parley.protocol;
