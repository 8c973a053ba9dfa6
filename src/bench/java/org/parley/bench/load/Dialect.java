package org.parley.bench.load;

/** How a kind of server is spoken to. Connections and rooms are numbered from 0. */
public interface Dialect {
    /** Stands for the stamped body in {@link #publish}. */
    String BODY = "@@";

    /** Stands for a message's id in {@link #publish}; not every dialect has one. */
    String ID = "##";

    /** Path and query of the handshake. */
    String path(int connection);

    /** Header fields of the handshake beyond what every WebSocket has, each with its CRLF. */
    String headers(int connection);

    /** What is sent once the WebSocket is open, or null. */
    String hello(int connection, int room);

    /** The connection takes part from the text on that contains this; null: as soon as it is open. */
    String ready();

    /** A message to a room, with {@link #BODY} and perhaps {@link #ID} in it. */
    String publish(int room);

    /** Whether received texts that begin so carry copies of messages; the others are looked at as a whole. */
    boolean carriesMessages(byte[] text, int from, int to);

    /** Of a text that carries no messages: whether it acknowledges a message of this connection. */
    boolean acknowledges(byte[] text, int from, int to);
}
