package org.parley.bench.load;

/** When publishers publish. */
public sealed interface Pace {

    /** Closed loop: so many messages of each publisher are under way at any time. */
    record Window(int messages, Until until) implements Pace {}

    /** Open loop: so many messages a second of all publishers together, whether or not the server keeps up. */
    record Rate(double perSecond) implements Pace {}

    /** When a message of a closed loop is no longer under way. */
    enum Until {
        /** Every reader has its copy. */
        COPIES,
        /** The server has acknowledged it. */
        ACK
    }
}
