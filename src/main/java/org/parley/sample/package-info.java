/**
 * The endpoints of the FastAPI WebSocket tutorials, one idea a file: clients written for those need only another host.
 *
 * <p>What belongs here: annotated endpoints, their encoders and decoders. What does not: who is connected and what is
 * kept. Those that answer their peer alone use {@link org.parley.endpoint.Exchanges}; those that broadcast are faces of hub
 * rooms.
 */
package org.parley.sample;
