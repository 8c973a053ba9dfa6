package org.parley.endpoint;

import org.parley.event.Event;
import org.parley.hub.ErrorCode;
import org.parley.protocol.FileFrameEncoder;
import org.parley.protocol.ServerFileFrame;

/** What one connection of {@code /files} is told. */
record FileAnswers(SocketConnection connection) {
    static final String UNAVAILABLE = "The store of files cannot be reached.";

    private static final long RETRY_MILLIS = 1_000;
    private static final System.Logger LOGGER = System.getLogger(FileAnswers.class.getName());

    void send(ServerFileFrame frame) {
        connection.send(Frame.binary(FileFrameEncoder.encode(frame)));
    }

    /**
     * @param id of the request, or null
     * @param transfer or null
     */
    void failed(String id, String transfer, ErrorCode code, String message) {
        send(ServerFileFrame.Failed.of(id, transfer, code, message, code.retryable() ? RETRY_MILLIS : 0));
    }

    /** The answer to what a database could not do; the reason is for the log. */
    String unavailable(Exception reason) {
        Event.of("files-unavailable", connection.id())
                .with("reason", reason.getMessage())
                .warn(LOGGER);
        return UNAVAILABLE;
    }
}
