package org.parley.hub;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A log in front of another one: a test overrides what is to go wrong. */
class ForwardingLog implements MessageLog {
    private final MessageLog log;

    ForwardingLog(MessageLog log) {
        this.log = log;
    }

    @Override
    public List<Appended> append(List<Append> batch) throws LogUnavailableException {
        return log.append(batch);
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
