/**
 * Who the peer is: its credential, the user it proves, what that user may do, and which origins may ask.
 *
 * <p>What belongs here: guests' sign-ins, tokens, the order in which credentials count, the Origin rule, and the limit on
 * sign-ins. Plain Java and JDBC; tests build everything with {@code new}.
 *
 * <p>What does not: rooms, sockets, servlets and JAX-RS. The filter and the resources that speak HTTP are in {@code
 * org.parley.web}; what an open connection does when its sign-in is revoked is the hub's.
 */
package org.parley.auth;
