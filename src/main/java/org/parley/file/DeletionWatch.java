package org.parley.file;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.parley.hub.Append;
import org.parley.hub.Appended;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.MessageLog;
import org.parley.hub.Page;
import org.parley.hub.RoomClass;
import org.parley.hub.RoomHead;

/** The log, as it is; what is deleted there takes its file along, at once and without keeping the log waiting. */
public final class DeletionWatch implements MessageLog {
    private final MessageLog log;
    private final Files files;

    public DeletionWatch(MessageLog log, Files files) {
        this.log = log;
        this.files = files;
    }

    @Override
    public List<Appended> append(List<Append> batch) throws LogUnavailableException {
        List<Appended> outcomes = log.append(batch);
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).change() instanceof Append.Change.Delete delete
                    && outcomes.get(i) instanceof Appended.Stored) {
                files.deleted(batch.get(i).room(), delete.target());
            }
        }
        return outcomes;
    }

    @Override
    public RoomHead open(String room, RoomClass roomClass) throws LogUnavailableException {
        return log.open(room, roomClass);
    }

    @Override
    public Optional<RoomHead> head(String room) throws LogUnavailableException {
        return log.head(room);
    }

    @Override
    public List<RoomHead> heads(Collection<String> rooms) throws LogUnavailableException {
        return log.heads(rooms);
    }

    @Override
    public Page after(String room, long seq, int limit, int maxBytes) throws LogUnavailableException {
        return log.after(room, seq, limit, maxBytes);
    }

    @Override
    public Page before(String room, long seq, int limit, int maxBytes) throws LogUnavailableException {
        return log.before(room, seq, limit, maxBytes);
    }

    @Override
    public void renewEpochs() throws LogUnavailableException {
        log.renewEpochs();
    }

    @Override
    public void close() {
        log.close();
    }
}
