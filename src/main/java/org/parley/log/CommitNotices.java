package org.parley.log;

import java.util.List;
import java.util.function.BiConsumer;

import org.parley.hub.Message;

/** What a database is to tell other nodes at a commit, and only if there is one. Called before it, for each room. */
@FunctionalInterface
public interface CommitNotices {
    CommitNotices NONE = (room, epoch, messages, then) -> {};

    /**
     * @param messages that are about to be committed, ascending and without holes
     * @param then takes the channel and the text, 7,999 bytes at most, of a {@code NOTIFY} of PostgreSQL
     */
    void of(String room, String epoch, List<Message> messages, BiConsumer<String, String> then);
}
