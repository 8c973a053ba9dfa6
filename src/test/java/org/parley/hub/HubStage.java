package org.parley.hub;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A hub whose log and backplane fail when told to, and whose writer does not run: for tests of other packages. */
public final class HubStage {
    private final AtomicInteger questions = new AtomicInteger();
    private final MemoryMessageLog memory;
    private volatile boolean answers = true;
    private volatile boolean connected = true;
    private final Hub hub;

    public HubStage(Clock clock) {
        memory = new MemoryMessageLog(clock);
        Limits limits = new Limits(10, 10, 0, 1, 100, 1 << 20, 10, 1_000);
        hub = new Hub(new Log(), memory, new Wire(), name -> RoomClass.LOG, limits, Runnable::run);
    }

    public Census census() {
        return hub.census();
    }

    /** Whether the log can be reached from now on. */
    public void logAnswers(boolean answers) {
        this.answers = answers;
    }

    /** How often the log was asked where a room stands. */
    public int questions() {
        return questions.get();
    }

    /** Whether the other nodes can be reached from now on. */
    public void backplaneUp(boolean up) {
        connected = up;
    }

    /** Has so many messages wait to be stored. */
    public void waiting(int messages) {
        RecordingConnection publisher = new RecordingConnection("ada");
        for (int i = 0; i < messages; i++) {
            hub.publish((Publisher) publisher, new Publish("m" + i, "lobby", Kind.TEXT, "{}"));
        }
    }

    private final class Log extends ForwardingLog {
        Log() {
            super(memory);
        }

        @Override
        public Optional<RoomHead> head(String room) throws LogUnavailableException {
            questions.incrementAndGet();
            if (!answers) {
                throw new LogUnavailableException("It was told to be away.", null);
            }
            return super.head(room);
        }
    }

    private final class Wire implements Backplane {
        @Override
        public void listen(Listener listener) {
            // There is nobody else.
        }

        @Override
        public void subscribe(String room) {
            // As above.
        }

        @Override
        public void unsubscribe(String room) {
            // As above.
        }

        @Override
        public void committed(String room, String epoch, List<Message> messages) {
            // As above.
        }

        @Override
        public void published(String room, List<Message> messages) {
            // As above.
        }

        @Override
        public void signalled(String room, Signal signal) {
            // As above.
        }

        @Override
        public State state() {
            return new State(connected, Duration.ZERO, 0);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
