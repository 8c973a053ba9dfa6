package org.parley.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.parley.hub.Append;
import org.parley.hub.Appended;
import org.parley.hub.Message;

/** Sends a transaction's {@link CommitNotices}: one for each room, since they stand in the way of other commits. */
final class CommitNotifications {
    private static final String NOTIFY = "SELECT pg_notify(c, p) FROM unnest(?, ?) AS n(c, p)";

    private final CommitNotices notices;

    CommitNotifications(CommitNotices notices) {
        this.notices = notices;
    }

    private record Run(String epoch, List<Message> messages) {}

    /** @param outcomes one for each entry */
    void send(Transaction transaction, List<Append> entries, List<Appended> outcomes) throws SQLException {
        if (notices == CommitNotices.NONE) {
            return;
        }
        List<String> channels = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        runs(entries, outcomes)
                .forEach((room, run) -> notices.of(room, run.epoch, run.messages, (channel, text) -> {
                    channels.add(channel);
                    texts.add(text);
                }));
        if (!channels.isEmpty()) {
            transaction.each(
                    NOTIFY,
                    row -> true,
                    transaction.connection().createArrayOf("text", channels.toArray()),
                    transaction.connection().createArrayOf("text", texts.toArray()));
        }
    }

    private static Map<String, Run> runs(List<Append> entries, List<Appended> outcomes) {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            if (outcomes.get(i) instanceof Appended.Stored stored) {
                runs.computeIfAbsent(entries.get(i).room(), room -> new Run(stored.epoch(), new ArrayList<>()))
                        .messages
                        .add(stored.message());
            }
        }
        return runs;
    }
}
