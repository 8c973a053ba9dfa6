package org.parley.hub;

/**
 * Told how long something took: once for each batch or run, never for each delivery. Called by the threads that store and
 * deliver, so it must be cheap and never block.
 */
public interface Measurements {
    /** Nobody wants to know. */
    Measurements NONE = new Measurements() {
        @Override
        public void appended(int messages, long nanos) {
            // As it says.
        }

        @Override
        public void delivered(long nanos) {
            // As it says.
        }
    };

    /** A batch was stored and is durable. */
    void appended(int messages, long nanos);

    /**
     * A run of a room's messages was handed to the last connection.
     *
     * @param nanos since the oldest of them was published here, or came from another node
     */
    void delivered(long nanos);
}
