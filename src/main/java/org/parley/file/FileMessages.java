package org.parley.file;

import java.util.OptionalLong;

import org.parley.hub.LogUnavailableException;

/** What the log knows of the messages that files hang on. Every method may wait for it. */
public interface FileMessages {
    /** The message that this user published into the room with this id within 24 hours. */
    OptionalLong find(String room, String sender, String id) throws LogUnavailableException;

    /** Whether the room has a message of that number and id that is not deleted. */
    boolean has(String room, long seq, String id) throws LogUnavailableException;
}
